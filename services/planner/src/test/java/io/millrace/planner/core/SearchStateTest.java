package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.runtime.codec.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchStateTest {
    @Test
    void theSameEventsFoldToTheSameStateAlsoThroughJson() {
        for (DatasetProfiled dataset : List.of(
                Given.budget(20_000, Duration.ofSeconds(40)),
                Given.budget(500, Duration.ofSeconds(40)),
                Given.trials(20_000, 15))) {
            Workers run = new Workers(2, r -> 0.8 * r.folds().size());
            run.run(dataset, Given.START.plusMillis(700));

            Workers.Input first = run.inputs.get(0);
            Decision decision = Search.begin((DatasetProfiled) first.event(), Given.POLICY, first.at());
            for (Workers.Input input : run.inputs.subList(1, run.inputs.size())) {
                SearchState stored = Json.read(Json.write(decision.state()), SearchState.class);
                assertThat(stored).isEqualTo(decision.state());
                decision = input.event() == null
                        ? Search.tick(stored, input.at())
                        : Search.on(stored, input.event(), input.at());
            }
            assertThat(decision.state()).isEqualTo(run.state);
        }
    }

    @Test
    void theStateStaysSmallHoweverManyTrialsThereAre() {
        Workers run = new Workers(2, r -> 0.05);
        run.run(Given.budget(500, Duration.ofSeconds(30)), Given.START);

        assertThat(run.state.started()).isGreaterThan(900);
        assertThat(Json.write(run.state).length).isLessThan(150_000);
        assertThat(Json.write(run.completed()).length).isLessThan(60_000);
    }

    @Test
    void aRunWithNeitherBudgetNorTrialsGetsTheDefaultBudget() {
        SearchState state = Search.begin(
                        Given.dataset(500, 2, Optional.empty(), Optional.empty()), Given.POLICY, Given.START)
                .state();

        assertThat(state.clock().orElseThrow().publishBy()).isEqualTo(Given.START.plusSeconds(300));
    }
}
