package io.millrace.gateway.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.BlobRef;
import io.millrace.events.Event;
import io.millrace.events.LearningRateFound;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.Suggestions;
import io.millrace.runtime.Envelope;
import java.time.Instant;
import java.util.Optional;

/**
 * A learning-rate range test as far as its events tell; a commutative fold like {@link RunState}.
 *
 * @param candidate name of the network within the run
 * @param network network and optimizer that are tested
 * @param requestedAt when the planner asked for it
 * @param finding what was found, once it is done
 */
public record RangeTestState(
        String candidate,
        Optional<NetworkConfiguration> network,
        Optional<Instant> requestedAt,
        Optional<Finding> finding) {

    /**
     * Outcome of a range test.
     *
     * @param at when it was found
     * @param curve rates, raw and smoothed losses as JSON
     * @param suggestions what each rule suggests
     * @param chosen usable range
     * @param agreement largest divided by smallest suggestion
     * @param cpuSeconds processor time spent
     */
    public record Finding(
            Instant at,
            BlobRef curve,
            Suggestions suggestions,
            LearningRateRange chosen,
            double agreement,
            double cpuSeconds) {}

    /** A range test of which only the name is known. */
    public static RangeTestState unknown(String candidate) {
        return new RangeTestState(candidate, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Name of the candidate an event is about, if it is about a range test. */
    public static Optional<String> candidateOf(Event event) {
        if (event instanceof RangeTestRequested e) {
            return Optional.of(e.candidate());
        }
        if (event instanceof LearningRateFound e) {
            return Optional.of(e.candidate());
        }
        return Optional.empty();
    }

    /** The state after one more event of this range test; other events change nothing. */
    public RangeTestState on(Envelope<? extends Event> envelope) {
        if (envelope.event() instanceof RangeTestRequested e) {
            return new RangeTestState(candidate, Optional.of(e.network()), Optional.of(envelope.time()), finding);
        }
        if (envelope.event() instanceof LearningRateFound e) {
            Finding found =
                    new Finding(envelope.time(), e.curve(), e.suggestions(), e.chosen(), e.agreement(), e.cpuSeconds());
            return new RangeTestState(candidate, Optional.of(e.network()), requestedAt, Optional.of(found));
        }
        return this;
    }
}
