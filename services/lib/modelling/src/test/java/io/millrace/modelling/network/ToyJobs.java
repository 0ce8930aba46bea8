package io.millrace.modelling.network;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.dataset.ColumnKind;
import io.millrace.modelling.learn.FirstFold;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small tables of two numbers and a category, and jobs on them. */
final class ToyJobs {
    static final int ROWS = 400;
    private static final List<String> LEVELS =
            IntStream.range(0, 20).mapToObj(i -> "level " + i).toList();

    private ToyJobs() {}

    static Tables features() {
        Random random = new Random(3);
        double[] x = random.doubles(ROWS, -1, 1).toArray();
        double[] z = random.doubles(ROWS, -1, 1).toArray();
        z[5] = Double.NaN;
        int[] codes = random.ints(ROWS, 0, 20).toArray();
        return new Tables()
                .with(ColumnKind.NUMERIC, x)
                .with(ColumnKind.NUMERIC, z)
                .withCategory(LEVELS, codes);
    }

    /** Class 1 where x and z have the same sign or the level is among the first four: no linear model finds that. */
    static Table classes() {
        Table plain = features().regression(new double[ROWS]);
        double[] target = IntStream.range(0, ROWS)
                .mapToDouble(r -> plain.numbers(0)[r] * plain.numbers(1)[r] > 0 || plain.codes(2)[r] < 4 ? 1 : 0)
                .toArray();
        return features().classification(List.of("no", "yes"), target);
    }

    static Table numbers() {
        Table plain = features().regression(new double[ROWS]);
        double[] target = IntStream.range(0, ROWS)
                .mapToDouble(r -> 1000 + 50 * plain.numbers(0)[r] + plain.codes(2)[r])
                .toArray();
        return features().regression(target);
    }

    static TrainingJob job(Table table, NetworkConfiguration configuration, double rate) {
        return FirstFold.job(
                table,
                configuration,
                new LearningRateRange(rate / 4, rate),
                table.profile().task().defaultMetric(),
                7);
    }
}
