package io.millrace.gateway.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.events.Suggestions;
import io.millrace.gateway.core.RangeTestState;
import java.time.Instant;
import java.util.Optional;

/**
 * A learning-rate range test.
 *
 * @param candidate name of the network within the run
 * @param network network and optimizer that are tested
 * @param status whether it is asked for ({@code "requested"}) or done ({@code "found"})
 * @param requestedAt when the planner asked for it
 * @param foundAt when it was done
 * @param suggestions what each rule suggests
 * @param chosen usable range
 * @param agreement largest divided by smallest suggestion
 * @param cpuSeconds processor time spent
 * @param curve rates and losses as the range tester stored them; absent while the store does not have it
 */
public record RangeTestView(
        String candidate,
        Optional<NetworkConfiguration> network,
        String status,
        Optional<Instant> requestedAt,
        Optional<Instant> foundAt,
        Optional<Suggestions> suggestions,
        Optional<LearningRateRange> chosen,
        Optional<Double> agreement,
        Optional<Double> cpuSeconds,
        Optional<JsonNode> curve) {

    /** The range test as its state tells, with the curve that was read for it. */
    public static RangeTestView of(RangeTestState t, Optional<JsonNode> curve) {
        return new RangeTestView(
                t.candidate(),
                t.network(),
                t.finding().isPresent() ? "found" : "requested",
                t.requestedAt(),
                t.finding().map(RangeTestState.Finding::at),
                t.finding().map(RangeTestState.Finding::suggestions),
                t.finding().map(RangeTestState.Finding::chosen),
                t.finding().map(RangeTestState.Finding::agreement),
                t.finding().map(RangeTestState.Finding::cpuSeconds),
                curve);
    }
}
