package io.millrace.e2e.bench;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tables some of whose targets are those of other rows. */
final class NoisyLabels {
    private NoisyLabels() {}

    static Table of(Table table, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] target = table.target().clone();
        for (int row = 0; row < target.length; row++) {
            if (random.nextDouble() < share) {
                target[row] = table.target()[random.nextInt(target.length)];
            }
        }
        return new Table(table.profile(), table.rows(), features(table), target, folds(table));
    }

    /** Fold of every row. */
    static int[] folds(Table table) {
        int[] folds = new int[table.rows()];
        Arrays.fill(folds, DatasetProfile.HOLDOUT);
        for (int fold = 0; fold < table.profile().folds(); fold++) {
            for (int row : table.rowsOf(fold)) {
                folds[row] = fold;
            }
        }
        return folds;
    }

    private static List<Object> features(Table table) {
        return IntStream.range(0, table.profile().features().size())
                .<Object>mapToObj(f -> switch (table.profile().features().get(f).kind()) {
                    case CATEGORICAL -> table.codes(f);
                    case TEXT -> table.texts(f);
                    default -> table.numbers(f);
                })
                .toList();
    }
}
