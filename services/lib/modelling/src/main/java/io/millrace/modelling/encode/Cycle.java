package io.millrace.modelling.encode;

import java.time.LocalDate;

/** A cycle of the calendar (UTC). */
enum Cycle {
    /** Time of day. */
    DAY {
        @Override
        double phase(double seconds) {
            return (seconds - DAY_SECONDS * Math.floor(seconds / DAY_SECONDS)) / DAY_SECONDS;
        }
    },
    /** Day of the week, whole days. */
    WEEK {
        @Override
        double phase(double seconds) {
            return Math.floorMod((long) Math.floor(seconds / DAY_SECONDS), 7L) / 7.0;
        }
    },
    /** Month of the year, whole months. */
    YEAR {
        @Override
        double phase(double seconds) {
            long day = (long) Math.floor(seconds / DAY_SECONDS);
            long known = Math.max(-MOST_DAYS, Math.min(MOST_DAYS, day));
            return (LocalDate.ofEpochDay(known).getMonthValue() - 1) / 12.0;
        }
    };

    private static final double DAY_SECONDS = 86_400;
    private static final long MOST_DAYS = 365_000_000L; // LocalDate ends near the year 1e9; what lies beyond is no date

    /** Where a moment (seconds since 1970-01-01T00:00Z) stands in the cycle, from 0 to below 1. */
    abstract double phase(double seconds);
}
