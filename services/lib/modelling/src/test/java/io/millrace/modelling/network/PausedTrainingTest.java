package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.events.StopRule;
import io.millrace.modelling.learn.Learner.Fitted;
import io.millrace.modelling.learn.LearningCurve;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.learn.Savepoints;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.learn.UnusableStateException;
import io.millrace.modelling.score.StepPredictions;
import io.millrace.modelling.table.Matrix;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that paused and went on is, digit for digit, one that never did. */
class PausedTrainingTest {
    private static final int EPOCHS = 9;
    private static final NetworkConfiguration ADAMW = network("mlp", Optimizer.ADAMW);

    /** What a leg led to, with nothing left open. */
    private record Reached(
            ByteBuffer model, LearningCurve curve, Optional<Matrix> steps, Map<String, byte[]> checkpoint) {}

    private static NetworkConfiguration network(String family, Optimizer optimizer) {
        return new NetworkConfiguration(
                family, List.of(24, 16), Activation.MISH, 4, 0.2, 1e-2, 0, optimizer, 32, EPOCHS, 1000);
    }

    static Stream<NetworkConfiguration> networks() {
        Stream<NetworkConfiguration> optimizers =
                Arrays.stream(Optimizer.values()).map(o -> network("mlp", o));
        Stream<NetworkConfiguration> families = Stream.of(
                        NetworkConfiguration.REALMLP,
                        NetworkConfiguration.REALMLP_S,
                        NetworkConfiguration.TABM,
                        NetworkConfiguration.RESNET)
                .map(family -> network(family, Optimizer.ADAMW));
        NetworkConfiguration piecewise =
                ADAMW.but().numbers(NumberEmbedding.PIECEWISE_LINEAR).clip(1).build();
        NetworkConfiguration dropping = ADAMW.but().inputDropout(0.2).build();
        Optional<Normalisation> layerNorm = Optional.of(Normalisation.LAYER);
        Optional<Normalisation> none = Optional.of(Normalisation.NONE);
        Stream<NetworkConfiguration> normalised = Stream.of(
                ADAMW.but().normalisation(layerNorm).build(),
                network(NetworkConfiguration.REALMLP, Optimizer.ADAMW)
                        .but()
                        .normalisation(layerNorm)
                        .build(),
                network(NetworkConfiguration.TABM, Optimizer.ADAMW)
                        .but()
                        .normalisation(layerNorm)
                        .build(),
                network(NetworkConfiguration.RESNET, Optimizer.ADAMW)
                        .but()
                        .normalisation(none)
                        .build());
        Stream<NetworkConfiguration> penalised = Stream.of(
                ADAMW.but().l1(Optional.of(1e-3)).build(),
                network(NetworkConfiguration.REALMLP, Optimizer.NESTEROV)
                        .but()
                        .l1(Optional.of(1e-3))
                        .build());
        return Stream.of(optimizers, families, Stream.of(piecewise, dropping), normalised, penalised)
                .flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void goesOnAsIfThereHadBeenNoPause(NetworkConfiguration configuration) {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), configuration, 0.02);
        Reached whole = fit(job);

        Reached paused = fit(job.on(new Leg(Map.of(), Optional.of(3))));
        Reached resumed = fit(job.on(new Leg(stored(paused), Optional.empty())));

        assertThat(paused.curve().points()).isEqualTo(whole.curve().points().subList(0, 3));
        assertThat(paused.curve().paused()).isTrue();
        assertThat(resumed.curve()).isEqualTo(whole.curve());
        assertThat(resumed.model()).isEqualTo(whole.model());
        assertThat(resumed.steps()).isPresent().isEqualTo(whole.steps());
        assertThat(resumed.checkpoint()).isEmpty();
    }

    /** Legs of so many steps end amid the first epoch, before anything is judged, at an epoch's end and amid a later one. */
    @ParameterizedTest
    @MethodSource("networks")
    void goesOnFromAnyStepThatItWasBrokenOffAt(NetworkConfiguration configuration) {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), configuration, 0.02);
        Reached whole = fit(job);
        int perEpoch = job.training().length / configuration.batchSize();

        Map<String, byte[]> state = Map.of();
        for (int steps : List.of(0, 1, perEpoch - 2, 1, 2 * perEpoch + 3)) {
            state = brokenOff(job, state, steps);
        }
        Reached resumed = fit(job.on(new Leg(state, Optional.empty())));

        assertThat(resumed.curve()).isEqualTo(whole.curve());
        assertThat(resumed.model()).isEqualTo(whole.model());
        assertThat(resumed.steps()).isPresent().isEqualTo(whole.steps());
    }

    private static Map<String, byte[]> brokenOff(TrainingJob job, Map<String, byte[]> from, int steps) {
        States states = new States(steps, true);
        assertThatThrownBy(() -> fit(job.on(new Leg(from, Optional.empty(), states))))
                .isInstanceOf(CancellationException.class);
        return states.latest;
    }

    @Test
    void aStateThatIsTakenDisturbsNothing() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), ADAMW, 0.02);
        Reached whole = fit(job);
        States states = new States(1, false);

        Reached watched = fit(job.on(new Leg(Map.of(), Optional.empty(), states)));

        assertThat(watched).isEqualTo(whole);
        assertThat(fit(job.on(new Leg(states.latest, Optional.empty()))).model())
                .as("from before the last step")
                .isEqualTo(whole.model());
    }

    /** Takes the state after some steps and from then on before each. */
    private static final class States implements Savepoints {
        private final boolean leaving;
        private int left;
        private Map<String, byte[]> latest = Map.of();

        States(int steps, boolean leaving) {
            this.left = steps;
            this.leaving = leaving;
        }

        @Override
        public boolean due() {
            return left-- <= 0;
        }

        @Override
        public void take(Map<String, byte[]> state) {
            latest = PartsArchive.unpack(PartsArchive.pack(state));
            if (leaving) {
                throw new CancellationException("a test left");
            }
        }
    }

    @Test
    void pausesAsOftenAsItIsAskedAndAtTheSamePlaceEachTime() {
        TrainingJob job = ToyJobs.job(ToyJobs.numbers(), network(NetworkConfiguration.RESNET, Optimizer.NADAM), 0.01);
        Map<String, byte[]> checkpoint = Map.of();
        for (int epoch = 1; epoch < EPOCHS; epoch++) {
            Leg leg = new Leg(checkpoint, Optional.of(epoch));
            Reached once = fit(job.on(leg));
            Reached again = fit(job.on(leg));
            assertThat(PartsArchive.pack(again.checkpoint())).isEqualTo(PartsArchive.pack(once.checkpoint()));
            checkpoint = stored(once);
        }

        assertThat(fit(job.on(new Leg(checkpoint, Optional.empty()))).model()).isEqualTo(fit(job).model());
    }

    @Test
    void aPauseShowsTheBestEpochUntilThen() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), ADAMW, 0.02);
        NetworkConfiguration short3 = ADAMW.but().epochs(3).build();

        Reached paused = fit(job.on(new Leg(Map.of(), Optional.of(3))));
        Reached ended = fit(ToyJobs.job(ToyJobs.classes(), short3, 0.02).on(new Leg(Map.of(), Optional.of(3))));

        assertThat(paused.curve().points()).hasSize(3);
        assertThat(ended.curve().stoppedBy()).as("its last epoch is no pause").isEqualTo("completed");
        assertThat(ended.checkpoint()).isEmpty();
        assertThat(paused.model()).as("it is on the schedule of all epochs").isNotEqualTo(ended.model());
    }

    @Test
    void patienceAndRulesCountWhatWasBeforeThePause() {
        TrainingJob impatient = ToyJobs.job(
                ToyJobs.classes(), ADAMW.but().epochs(200).patience(2).build(), 0.02);
        Reached whole = fit(impatient);
        int last = whole.curve().points().size();
        assertThat(whole.curve().stoppedBy()).isEqualTo("patience");
        TrainingJob judged = ToyJobs.job(ToyJobs.classes(), ADAMW, 0.02).under(new StopRule(0, 5, -2, List.of(1e-9)));

        assertThat(inTwoLegs(impatient, last - 1)).isEqualTo(whole.curve());
        assertThat(inTwoLegs(judged, 4)).isEqualTo(fit(judged).curve());
    }

    private static LearningCurve inTwoLegs(TrainingJob job, int pause) {
        Reached paused = fit(job.on(new Leg(Map.of(), Optional.of(pause))));
        assertThat(paused.curve().paused()).isTrue();
        return fit(job.on(new Leg(stored(paused), Optional.empty()))).curve();
    }

    @Test
    void aCheckpointOfAnotherNetworkIsRefused() {
        TrainingJob job = ToyJobs.job(ToyJobs.classes(), ADAMW, 0.02);
        Map<String, byte[]> of = stored(fit(job.on(new Leg(Map.of(), Optional.of(2)))));
        TrainingJob wider = ToyJobs.job(ToyJobs.classes(), network("mlp", Optimizer.SGD), 0.02);

        assertThatThrownBy(() -> fit(wider.on(new Leg(of, Optional.empty()))))
                .isInstanceOf(UnusableStateException.class)
                .hasMessageContaining("numbers");
        assertThatThrownBy(() -> fit(job.on(new Leg(Map.of("some", new byte[1]), Optional.empty()))))
                .hasMessageContaining("not a checkpoint");
    }

    private static Reached fit(TrainingJob job) {
        Fitted fitted = new NetworkLearner().fit(job, () -> false);
        try (var model = fitted.model()) {
            return new Reached(
                    ByteBuffer.wrap(PartsArchive.pack(model.parts())),
                    fitted.curve(),
                    fitted.steps().map(StepPredictions::toMatrix),
                    fitted.checkpoint());
        }
    }

    /** As it comes back from a store. */
    private static Map<String, byte[]> stored(Reached paused) {
        return PartsArchive.unpack(PartsArchive.pack(paused.checkpoint()));
    }
}
