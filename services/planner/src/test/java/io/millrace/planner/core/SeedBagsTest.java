package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.TrialRequested;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeedBagsTest {
    @Test
    void onlyRealMlpOnFewRowsIsAveragedOverSeedsAndPaysForIt() {
        DatasetProfiled few = Given.budget(800, Duration.ofMinutes(1));
        DatasetProfiled many = Given.budget(20_000, Duration.ofMinutes(1));
        Configuration real = new NetworkDefaults(few)
                .real(Activation.MISH, 0, 0, 64)
                .but()
                .epochs(10)
                .build();
        Configuration plain = new NetworkDefaults(few).linear();

        assertThat(SeedBags.of(few, real)).contains(new Bagging(4, false));
        assertThat(SeedBags.of(few, plain)).isEmpty();
        assertThat(SeedBags.of(many, real)).isEmpty();
        double perRow = new CostModel(few).units(real, 1, Optional.of(100)) / 100;
        assertThat(perRow).isEqualTo(4 * new CostModel(many).units(real, 1, Optional.of(100)) / 100);
    }

    @Test
    void theRequestAsksForTheBag() {
        DatasetProfiled few = Given.trials(800, 12);
        assertThat(Search.begin(few, Given.POLICY, Given.START).emissions().stream()
                        .map(e -> e.event())
                        .filter(TrialRequested.class::isInstance)
                        .map(TrialRequested.class::cast)
                        .filter(t -> !t.configuration().family().startsWith("realmlp")))
                .isNotEmpty()
                .allMatch(t -> t.bagging().isEmpty());
    }
}
