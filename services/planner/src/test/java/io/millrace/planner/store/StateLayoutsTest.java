package io.millrace.planner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.events.TrialRequested;
import io.millrace.planner.core.Decision;
import io.millrace.planner.core.Given;
import io.millrace.planner.core.Search;
import io.millrace.planner.core.SearchState;
import io.millrace.runtime.Outage;
import io.millrace.runtime.codec.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateLayoutsTest {
    /** A run with a scored trial. */
    private final SearchState state = scored(Search.begin(Given.trials(500, 5), Given.POLICY, Given.START));

    @Test
    void aStateOfThisLayoutIsReadAsItIs() {
        assertThat(StateLayouts.read(Json.tree(state).toString())).isEqualTo(state);
    }

    @Test
    void aRunThatAnEarlierReleaseLeftUnfinishedGoesOnWithoutCures() {
        SearchState read = StateLayouts.read(layout1().toString());

        assertThat(read.layout()).isEqualTo(SearchState.LAYOUT);
        assertThat(read.policy().cures()).isFalse();
        assertThat(read.outstanding()).isEqualTo(state.outstanding());
        assertThat(read.trials().get(0).best().orElseThrow().error()).isEqualTo(0.4);
        assertThat(read.trials().get(0).cpuSeconds()).isEqualTo(1);
    }

    @Test
    void aRunThatKnewNoStoppingGoesOnWithoutIt() {
        ObjectNode old = Json.tree(state).deepCopy();
        old.put("layout", 3);
        old.remove("curves");
        ((ObjectNode) old.get("policy")).remove(List.of("stopping", "rungs"));
        old.get("trials").forEach(trial -> ((ObjectNode) trial).remove("resumed"));

        SearchState read = StateLayouts.read(old.toString());

        assertThat(read.layout()).isEqualTo(SearchState.LAYOUT);
        assertThat(read.curves()).isEmpty();
        assertThat(read.policy().stopsByMedian()).isFalse();
        assertThat(read.trials()).isEqualTo(state.trials());
        assertThat(read.outstanding()).isEqualTo(state.outstanding());
    }

    @Test
    void aRunThatKnewNoPausesGoesOnWithoutThem() {
        ObjectNode old = Json.tree(state).deepCopy();
        old.put("layout", 4);
        ((ObjectNode) old.get("policy")).remove("rungs");
        old.get("trials").forEach(trial -> ((ObjectNode) trial).remove("resumed"));

        SearchState read = StateLayouts.read(old.toString());

        assertThat(read.layout()).isEqualTo(SearchState.LAYOUT);
        assertThat(read.policy().pausesByEpochs()).isFalse();
        assertThat(read.trials()).isEqualTo(state.trials());
        assertThat(read.outstanding()).isEqualTo(state.outstanding());
    }

    @Test
    void aRangeTestThatAnEarlierReleaseBeganFallsBackToTheRatesOfThatTime() {
        ObjectNode old = Json.tree(state).deepCopy();
        old.put("layout", 5);
        old.get("ranges").forEach(test -> {
            ((ObjectNode) test).remove("usual");
            ((ObjectNode) test).put("optimizer", "nesterov");
        });

        SearchState read = StateLayouts.read(old.toString());

        assertThat(read.layout()).isEqualTo(SearchState.LAYOUT);
        assertThat(read.ranges()).hasSameSizeAs(state.ranges());
        assertThat(read.ranges().values()).isNotEmpty().allMatch(r -> r.usual().max() == 0.02);
    }

    @Test
    void aStateOfANewerPlannerIsRefusedWithWhatToDo() {
        ObjectNode newer = Json.tree(state).deepCopy();
        newer.put("layout", SearchState.LAYOUT + 1);

        assertThatThrownBy(() -> StateLayouts.read(newer.toString()))
                .satisfies(failure -> assertThat(Outage.in(failure)).isTrue())
                .hasMessageContaining("upgrade every planner");
    }

    /** The state as the first release would have stored it. */
    private ObjectNode layout1() {
        ObjectNode old = Json.tree(state).deepCopy();
        old.put("layout", 1);
        old.remove(List.of("policy", "cured", "cureRecords"));
        old.get("trials").forEach(trial -> ((ObjectNode) trial).remove("resumed"));
        for (JsonNode trial : old.get("trials")) {
            trial.get("outcomes").forEach(o -> ((ObjectNode) o)
                    .remove(List.of("confidence", "evidence", "cpuSeconds", "stoppedBy")));
        }
        return old;
    }

    private static SearchState scored(Decision begun) {
        TrialRequested first = begun.emissions().stream()
                .filter(e -> e.event() instanceof TrialRequested)
                .map(e -> (TrialRequested) e.event())
                .findFirst()
                .orElseThrow();
        return Search.on(begun.state(), Given.scored(first, 0.4, 1), Given.START.plusSeconds(2))
                .state();
    }
}
