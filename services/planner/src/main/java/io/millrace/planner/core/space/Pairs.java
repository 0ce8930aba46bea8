package io.millrace.planner.core.space;

import io.millrace.events.DatasetProfiled;

/** Columns of two numbers each, where they may be made. */
public final class Pairs {
    /** Of more numbers few are paired, and what the search for them takes grows with all. */
    private static final int MOST_NUMBERS = 50;

    static final String CONDITION = "on 2 to " + MOST_NUMBERS + " numbers";

    private Pairs() {}

    /** Whether a data set has numbers to be paired. */
    public static boolean mayBeMade(DatasetProfiled dataset) {
        return dataset.numericFeatures() >= 2 && dataset.numericFeatures() <= MOST_NUMBERS;
    }
}
