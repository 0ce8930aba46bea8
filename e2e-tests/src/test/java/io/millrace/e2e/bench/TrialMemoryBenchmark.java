package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.modelling.learn.Leg;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.network.NetworkLearner;
import io.millrace.modelling.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/**
 * Native memory over 500 small trials of every family: {@code ./mvnw -Pbench verify -pl e2e-tests -am
 * -Dit.test=TrialMemoryBenchmark}. Prints a table.
 */
class TrialMemoryBenchmark {
    private static final int TRIALS = 500;
    private static final int ROWS = 1000;
    private static final int COLUMNS = 10;
    private static final List<String> FAMILIES = List.of(
            "mlp",
            NetworkConfiguration.REALMLP,
            NetworkConfiguration.REALMLP_S,
            NetworkConfiguration.TABM,
            NetworkConfiguration.RESNET,
            NetworkConfiguration.BOOSTED);

    private final NetworkLearner learner = new NetworkLearner();

    @Test
    void fiveHundredTrialsLeaveMemoryAsItWas() {
        Table table = table();
        System.out.println("| trials | held by tensors, bytes | resident, MB |\n|---|---|---|");
        FAMILIES.forEach(family -> train(table, family, 0));
        long before = Pointer.totalBytes();
        for (int trial = 1; trial <= TRIALS; trial++) {
            train(table, FAMILIES.get(trial % FAMILIES.size()), trial);
            if (trial % 100 == 0) {
                System.out.printf("| %d | %d | %d |%n", trial, Pointer.totalBytes(), Pointer.physicalBytes() >> 20);
            }
        }
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
    }

    private void train(Table table, String family, long seed) {
        NetworkConfiguration network = new NetworkConfiguration(
                        family, List.of(64, 64), Activation.RELU, 8, 0.1, 0.01, 0, Optimizer.ADAMW, 128, 2, 10)
                .but()
                .numbers(NumberEmbedding.values()[(int) (seed % 3)])
                .build();
        TrainingJob job = new TrainingJob(
                table,
                table.trainingRows(0),
                table.rowsOf(0),
                network,
                Optional.of(new LearningRateRange(0.001, 0.004)),
                Metric.RMSE,
                seed,
                Optional.empty(),
                Leg.WHOLE);
        learner.fit(job, () -> false).model().close();
    }

    private static Table table() {
        Random random = new Random(1);
        List<ColumnProfile> columns = IntStream.range(0, COLUMNS)
                .mapToObj(c -> new ColumnProfile(
                        "x" + c,
                        ColumnKind.NUMERIC,
                        0,
                        ROWS,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        List<Object> features = IntStream.range(0, COLUMNS)
                .mapToObj(c -> (Object) random.doubles(ROWS).toArray())
                .toList();
        DatasetProfile profile = new DatasetProfile(
                "noise",
                ROWS,
                "y",
                Task.REGRESSION,
                List.of(),
                List.of(),
                columns,
                List.of(),
                5,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", ",", "UTF-8"),
                List.of());
        return new Table(
                profile,
                ROWS,
                features,
                random.doubles(ROWS).toArray(),
                random.ints(ROWS, 0, 5).toArray());
    }
}
