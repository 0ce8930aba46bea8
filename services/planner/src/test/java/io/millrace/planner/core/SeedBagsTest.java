package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.TrialRequested;
import java.time.Duration;
import java.util.List;
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
    void aConfigurationThatSaysHowManyIsNotOverruledAndPaysForThem() {
        DatasetProfiled few = Given.budget(800, Duration.ofMinutes(1));
        Optional<Bagging> samples = Optional.of(new Bagging(3, true));
        Configuration real = new NetworkDefaults(few)
                .real(Activation.MISH, 0, 0, 64)
                .but()
                .bagging(samples)
                .build();
        Configuration trees = Portfolio.USUAL.but().bagging(samples).build();

        assertThat(SeedBags.of(few, real)).isEqualTo(samples);
        assertThat(SeedBags.of(few, trees)).isEqualTo(samples);
        CostModel model = new CostModel(few);
        assertThat(model.units(trees, 5, Optional.empty()))
                .isEqualTo(3 * model.units(Portfolio.USUAL, 5, Optional.empty()));
    }

    @Test
    void theRequestAsksForTheBag() {
        List<TrialRequested> requests = requests(Given.trials(800, 200));

        assertThat(requests).allSatisfy(r -> assertThat(r.bagging())
                .isEqualTo(
                        NetworkDefaults.isReal(r.configuration())
                                ? r.configuration().bagging().or(() -> Optional.of(new Bagging(4, false)))
                                : r.configuration().bagging()));
        assertThat(requests)
                .filteredOn(r -> r.configuration().bagging().isPresent())
                .isNotEmpty();
        assertThat(requests(Given.trials(20_000, 60)))
                .filteredOn(r -> r.rung() == 0)
                .hasSize(60)
                .allMatch(r -> r.bagging().isEmpty());
    }

    private static List<TrialRequested> requests(DatasetProfiled dataset) {
        Workers run = new Workers(2, r -> 1);
        run.run(dataset, Given.START);
        return run.requests();
    }
}
