package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("io.millrace.modelling.network.RealData#isThere")
class RealDataTest {
    @Test
    void handwrittenDigitsAreReadAsWellAsPublishedNetworksDo() throws IOException {
        Table table = RealData.read("digits", "target", Task.MULTICLASS, ',', Set.of(), Set.of());
        NetworkConfiguration network = new NetworkConfiguration(
                "mlp", List.of(128, 128), Activation.RELU, 8, 0, 0.02, 0, Optimizer.ADAMW, 64, 20, 20);
        TrainingJob job = FirstFold.job(table, network, new LearningRateRange(0.00125, 0.005), Metric.LOG_LOSS, 1);

        try (var model = new NetworkLearner().fit(job, () -> false).model()) {
            double accuracy = Scoring.score(
                    Metric.ACCURACY, TargetCoding.of(table, job.validation()), model.predict(table, job.validation()));
            assertThat(accuracy).isGreaterThan(0.97);
        }
    }
}
