package io.millrace.modelling.encode;

import io.millrace.dataset.Task;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the target is on average where a category has a level (Micci-Barreca 2001): a share per class, or the mean of a
 * regression, drawn to the mean of all rows (see {@link Shrinkage}); 0 for levels that no training row has. New rows are
 * told the means of all training rows. A training row is told those of the rows outside its part, one of
 * {@value #PARTS}: its own target would give itself away.
 *
 * @param feature number of the feature
 * @param classes class of each column; of two classes the second, of a regression {@value #VALUE}
 * @param shrinkages how each column is shrunk, learned from all training rows
 * @param means per place ({@link LevelSums}) and column
 */
public record TargetMeans(int feature, List<Integer> classes, List<Shrinkage> shrinkages, List<List<Double>> means)
        implements FeatureEncoder {
    static final int PARTS = 5;
    private static final int VALUE = -1;
    /** Columns of one category at most; rarer classes have none. */
    private static final int MOST_CLASSES = 10;

    public TargetMeans {
        classes = List.copyOf(classes);
        shrinkages = List.copyOf(shrinkages);
        means = means.stream().map(List::copyOf).toList();
    }

    /**
     * Fits on training rows. Empty for a category of few levels, which other encodings tell in full, and where its
     * levels differ in no class by more than chance.
     */
    public static Optional<TargetMeans> fit(Table table, int feature, int[] rows) {
        return LevelCounts.of(table, feature, rows).distinct() <= OneHotEncoder.MOST_VALUES
                ? Optional.empty()
                : ofLevels(table, feature, rows);
    }

    /** The same however many levels there are. */
    static Optional<TargetMeans> ofLevels(Table table, int feature, int[] rows) {
        List<Integer> classes = new ArrayList<>();
        List<Shrinkage> shrinkages = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (int candidate : candidates(table, rows)) {
            LevelSums sums = sums(table, feature, rows, candidate, 1)[0];
            double squares = IntStream.of(rows)
                    .filter(r -> LevelSums.place(table.codes(feature)[r]) >= 0)
                    .mapToDouble(r -> Math.pow(target(table, r, candidate), 2))
                    .sum();
            Shrinkage.of(sums.counts(), sums.sums(), squares).ifPresent(shrinkage -> {
                classes.add(candidate);
                shrinkages.add(shrinkage);
                columns.add(IntStream.range(0, sums.counts().length)
                        .mapToDouble(p -> shrinkage.apply(sums.counts()[p], sums.sums()[p]))
                        .toArray());
            });
        }
        List<List<Double>> means = new ArrayList<>();
        for (int p = 0; !columns.isEmpty() && p < columns.get(0).length; p++) {
            int place = p;
            means.add(columns.stream().map(c -> c[place]).toList());
        }
        return Optional.of(new TargetMeans(feature, classes, shrinkages, means)).filter(t -> t.width() > 0);
    }

    /** The classes that may have a column, the most frequent first. */
    private static List<Integer> candidates(Table table, int[] rows) {
        Task task = table.profile().task();
        if (task != Task.MULTICLASS) {
            return List.of(task == Task.BINARY ? 1 : VALUE);
        }
        int[] counts = new int[table.profile().outputs()];
        for (int row : rows) {
            counts[(int) table.target()[row]]++;
        }
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(c -> counts[c]).reversed())
                .limit(MOST_CLASSES)
                .toList();
    }

    private static double target(Table table, int row, int wanted) {
        double target = table.target()[row];
        return wanted == VALUE ? target : target == wanted ? 1 : 0;
    }

    /** Sums of a column over the rows of each part. */
    private static LevelSums[] sums(Table table, int feature, int[] rows, int wanted, int parts) {
        int levels = table.profile().features().get(feature).levels().size();
        LevelSums[] sums = new LevelSums[parts];
        Arrays.setAll(sums, p -> LevelSums.none(levels));
        int[] codes = table.codes(feature);
        for (int row : rows) {
            int place = LevelSums.place(codes[row]);
            if (place >= 0) {
                sums[part(row, parts)].add(place, target(table, row, wanted));
            }
        }
        return sums;
    }

    /** Part of a row: the finalizer of MurmurHash3 over its number, so that order in the source tells nothing. */
    private static int part(int row, int parts) {
        int h = row;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return Math.floorMod(h ^ (h >>> 16), parts);
    }

    @Override
    public int width() {
        return classes.size();
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        int[] codes = table.codes(feature);
        for (int i = 0; i < rows.length; i++) {
            int place = LevelSums.place(codes[rows[i]]);
            for (int c = 0; place >= 0 && place < means.size() && c < width(); c++) {
                into.set(i, column + c, means.get(place).get(c).floatValue());
            }
        }
    }

    /** Fills in the rows that this was fitted on, none of which is told its own target. */
    @Override
    public void encodeTraining(Table table, int[] rows, Matrix into, int column) {
        int[] codes = table.codes(feature);
        for (int c = 0; c < width(); c++) {
            LevelSums all = sums(table, feature, rows, classes.get(c), 1)[0];
            LevelSums[] parts = sums(table, feature, rows, classes.get(c), PARTS);
            for (int i = 0; i < rows.length; i++) {
                int place = LevelSums.place(codes[rows[i]]);
                if (place >= 0) {
                    LevelSums own = parts[part(rows[i], PARTS)];
                    double count = all.counts()[place] - own.counts()[place];
                    double sum = all.sums()[place] - own.sums()[place];
                    into.set(i, column + c, (float) shrinkages.get(c).apply(count, sum));
                }
            }
        }
    }
}
