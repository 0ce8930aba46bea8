package io.millrace.modelling.trees;

import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.NumericStatistics;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * One column of two numbers, missing where one of them is. A tree cuts along one column at a time, so that what depends on a
 * difference or a ratio takes it a staircase of cuts through both. Sums and differences are those of both in units of their own,
 * so that neither drowns the other.
 *
 * @param operation what is made of them
 * @param first the one
 * @param second the other
 */
record PairColumn(Operation operation, Operand first, Operand second) implements FeatureColumn {
    /** What may be made of two numbers. */
    enum Operation {
        SUM,
        DIFFERENCE,
        PRODUCT,
        RATIO
    }

    /**
     * A number of a pair.
     *
     * @param feature ordinal of the feature in the table
     * @param origin its median
     * @param unit the distance between its quartiles, or its standard deviation where that is 0
     */
    record Operand(int feature, double origin, double unit) {
        static Operand of(int feature, ColumnProfile profile) {
            NumericStatistics known = profile.statistics().orElseThrow();
            double quartiles = known.quartile3() - known.quartile1();
            return new Operand(feature, known.median(), quartiles > 0 ? quartiles : known.standardDeviation());
        }

        private double scaled(double number) {
            return (number - origin) / unit;
        }
    }

    /** All columns of two numbers. */
    static List<PairColumn> of(Operand first, Operand second) {
        return Arrays.stream(Operation.values())
                .map(operation -> new PairColumn(operation, first, second))
                .toList();
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        double[] ones = table.numbers(first.feature());
        double[] others = table.numbers(second.feature());
        for (int r = 0; r < rows.length; r++) {
            float value = (float) of(ones[rows[r]], others[rows[r]]);
            cells.set(r, 0, Float.isFinite(value) ? value : Float.NaN); // XGBoost refuses infinity
        }
    }

    private double of(double one, double other) {
        return switch (operation) {
            case SUM -> first.scaled(one) + second.scaled(other);
            case DIFFERENCE -> first.scaled(one) - second.scaled(other);
            case PRODUCT -> one * other;
            case RATIO -> one / other;
        };
    }
}
