package io.millrace.modelling.trees;

import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.NumericStatistics;
import io.millrace.modelling.table.Table;

/**
 * A number as it is, shifted by its median: trees do not mind, and large numbers that differ little (serial numbers,
 * years as 20261123) keep apart in the 24 bits that a float has.
 *
 * @param feature ordinal of the feature in the table
 * @param origin what is subtracted
 */
record NumberColumn(int feature, double origin) implements FeatureColumn {
    /** XGBoost refuses infinity. */
    private static final double LARGEST = 1e38;

    static NumberColumn fit(int feature, ColumnProfile profile) {
        return new NumberColumn(
                feature, profile.statistics().map(NumericStatistics::median).orElse(0.0));
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        double[] numbers = table.numbers(feature);
        for (int r = 0; r < rows.length; r++) {
            double shifted = numbers[rows[r]] - origin;
            cells.set(r, 0, (float) Math.max(-LARGEST, Math.min(LARGEST, shifted)));
        }
    }
}
