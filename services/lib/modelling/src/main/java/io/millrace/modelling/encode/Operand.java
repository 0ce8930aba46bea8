package io.millrace.modelling.encode;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.NumericStatistics;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * A number of a {@link NumberPair}: a feature that is one, or a category, whose levels are ranked by what the target is there on
 * average ({@link TargetMeans}). Ranks, not the averages themselves: a row's own target hardly shows in them, and products and ratios
 * are of numbers above 0.
 *
 * @param feature ordinal of the feature in the table
 * @param origin its median, of ranks the middle one
 * @param unit the distance between its quartiles, or its standard deviation where that is 0; half of the ranks
 * @param ranks of a category's levels, from 1 on, by place ({@link LevelSums}); empty for a number
 */
public record Operand(
        int feature, double origin, double unit, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Integer> ranks) {
    /** Of fewer rows a level's average is mostly chance, which on the rows that it is of looks like more. */
    private static final int LEAST_ROWS_PER_LEVEL = 20;

    public Operand {
        ranks = ranks == null ? List.of() : List.copyOf(ranks); // absent in models of which only numbers were paired
    }

    /** What a feature is as a number, by training rows; empty for one that is none. */
    public static Optional<Operand> of(int feature, Table table, int[] rows) {
        ColumnProfile profile = table.profile().features().get(feature);
        return switch (profile.kind()) {
            case NUMERIC -> profile.statistics().map(known -> number(feature, known));
            case CATEGORICAL -> category(feature, table, rows);
            default -> Optional.empty();
        };
    }

    /** A number in units of its own. */
    private static Operand number(int feature, NumericStatistics known) {
        double quartiles = known.quartile3() - known.quartile1();
        double unit = quartiles > 0 ? quartiles : known.standardDeviation();
        return new Operand(feature, known.median(), unit, List.of());
    }

    /** Two levels have no order worth a rank, more than two classes give none, and neither does chance. */
    private static Optional<Operand> category(int feature, Table table, int[] rows) {
        int levels = LevelCounts.of(table, feature, rows).distinct();
        if (table.profile().task() == Task.MULTICLASS || levels <= 2 || levels * LEAST_ROWS_PER_LEVEL > rows.length) {
            return Optional.empty();
        }
        return TargetMeans.ofLevels(table, feature, rows).map(means -> {
            List<Double> averages =
                    means.means().stream().map(columns -> columns.get(0)).toList();
            List<Double> ordered = averages.stream().distinct().sorted().toList();
            return new Operand(
                    feature,
                    (1 + ordered.size()) / 2.0,
                    ordered.size() / 2.0,
                    averages.stream()
                            .map(average -> 1 + Collections.binarySearch(ordered, average))
                            .toList());
        });
    }

    /** Its value in a row of a table; NaN where it is missing, or a level that has no rank. */
    IntToDoubleFunction in(Table table) {
        if (ranks.isEmpty()) {
            double[] numbers = table.numbers(feature);
            return row -> numbers[row];
        }
        int[] codes = table.codes(feature);
        return row -> {
            int place = LevelSums.place(codes[row]);
            return place >= 0 && place < ranks.size() ? ranks.get(place) : Double.NaN;
        };
    }

    /** A value of it around 0, in its unit. */
    double scaled(double value) {
        return (value - origin) / unit;
    }
}
