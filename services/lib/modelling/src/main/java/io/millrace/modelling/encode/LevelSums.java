package io.millrace.modelling.encode;

import io.millrace.modelling.table.Table;

/**
 * Rows and sums of targets by level of a category; place 0 is for missing, place 1 + code for a level.
 *
 * @param counts rows by place
 * @param sums sum of the targets by place
 */
record LevelSums(double[] counts, double[] sums) {
    static LevelSums none(int levels) {
        return new LevelSums(new double[1 + levels], new double[1 + levels]);
    }

    /** The place of a code; -1 for those that have none. */
    static int place(int code) {
        return code == Table.MISSING ? 0 : code < 0 ? -1 : 1 + code;
    }

    void add(int place, double target) {
        counts[place]++;
        sums[place] += target;
    }
}
