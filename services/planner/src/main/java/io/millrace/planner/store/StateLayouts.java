package io.millrace.planner.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.Optimizer;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.planner.core.SearchState;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** Reads stored states of this and earlier layouts, so that an upgrade lets unfinished runs go on. */
final class StateLayouts {
    private StateLayouts() {}

    /** Reads a state; throws RETRYABLE for one of a newer layout, which the planners of that release go on with. */
    static SearchState read(String json) {
        ObjectNode state = Json.read(json.getBytes(StandardCharsets.UTF_8), ObjectNode.class);
        int layout = state.path("layout").asInt();
        if (layout > SearchState.LAYOUT) {
            throw new EventHandlingException(
                    Kind.RETRYABLE,
                    "a run's state has layout " + layout + ", this planner reads up to " + SearchState.LAYOUT
                            + "; upgrade every planner to the newest release",
                    null);
        }
        if (layout < 2) {
            fromLayout1(state);
        }
        if (layout < 3) {
            fromLayout2(state);
        }
        if (layout < 4) {
            fromLayout3(state);
        }
        if (layout < 5) {
            fromLayout4(state);
        }
        if (layout < 6) {
            fromLayout5(state);
        }
        state.put("layout", SearchState.LAYOUT);
        return Json.read(state, SearchState.class);
    }

    /** Layout 1 knew no cures: such a run ends as it began, without them. */
    private static void fromLayout1(ObjectNode state) {
        state.set("policy", Json.tree(new SearchPolicy(4, Duration.ofMinutes(5), SearchStrategy.HALVING, Map.of())));
        state.put("cured", 0);
        state.putObject("cureRecords");
        state.withArray("trials").forEach(trial -> trial.path("outcomes").forEach(StateLayouts::undiagnosed));
        state.withArray("arrived").forEach(arrival -> undiagnosed(arrival.path("outcome")));
    }

    /** Layout 2 did not train on fewer rows: such a run does not begin to. */
    private static void fromLayout2(ObjectNode state) {
        state.put("probed", true);
    }

    /** Layout 3 stopped no trial, and its policy says so. */
    private static void fromLayout3(ObjectNode state) {
        state.putObject("curves");
    }

    /** In layout 4 no trial paused, and its policy says so. */
    private static void fromLayout4(ObjectNode state) {
        state.withArray("trials").forEach(trial -> ((ObjectNode) trial).put("resumed", false));
    }

    /** Layout 5 named the optimizer of a range test, by which alone it chose the rates that stood in for it. */
    private static void fromLayout5(ObjectNode state) {
        state.path("ranges").forEach(test -> {
            double peak = test.path("optimizer").asText().equalsIgnoreCase(Optimizer.NESTEROV.name()) ? 2e-2 : 2e-3;
            ((ObjectNode) test).set("usual", Json.tree(new LearningRateRange(peak / 4, peak)));
            ((ObjectNode) test).remove("optimizer");
        });
    }

    private static void undiagnosed(JsonNode outcome) {
        if (outcome instanceof ObjectNode known) {
            known.put("confidence", 0.0);
            known.putObject("evidence");
            known.put("cpuSeconds", known.path("wallSeconds").asDouble());
        }
    }
}
