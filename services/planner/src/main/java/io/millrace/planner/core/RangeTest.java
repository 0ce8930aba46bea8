package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A learning-rate range test of the run.
 *
 * @param candidate name within the run, such as {@code r01-mlp-256-128-adamw}
 * @param usual where the network is trained when the test ends without a range or takes too long
 * @param requestedAt when it was requested
 * @param range what it found; absent while it runs
 */
public record RangeTest(
        String candidate, LearningRateRange usual, Instant requestedAt, Optional<LearningRateRange> range) {

    /**
     * What a range depends on: inputs, architecture, normalisation, optimizer, batch size and what is minimised. Networks that differ only in
     * dropout, weight decay, L1, label smoothing, schedule, epochs, rows or bagging share a range.
     */
    static String key(NetworkConfiguration network) {
        String plain = String.join(
                "/",
                network.family(),
                network.hidden().stream().map(String::valueOf).collect(Collectors.joining("-")),
                network.activation().name(),
                String.valueOf(network.embedding()),
                network.optimizer().name(),
                String.valueOf(network.batchSize()));
        return Stream.concat(Stream.of(plain), options(network)).collect(Collectors.joining("/"));
    }

    private static Stream<String> options(NetworkConfiguration network) {
        return Stream.of(
                        network.members(),
                        network.numbers(),
                        network.loss(),
                        network.quantile(),
                        network.clip(),
                        network.classWeights(),
                        network.normalisation().map(kind -> "normalised by " + kind),
                        network.pairs().map(most -> most + " pairs"))
                .flatMap(Optional::stream)
                .map(String::valueOf);
    }

    /** Its number within the run, with which its name begins. */
    int number() {
        return Integer.parseInt(candidate.substring(1, candidate.indexOf('-')));
    }

    RangeTest found(LearningRateRange found) {
        return new RangeTest(candidate, usual, requestedAt, Optional.of(found));
    }

    boolean overdue(Duration patience, Instant now) {
        return range.isEmpty() && !now.isBefore(requestedAt.plus(patience));
    }
}
