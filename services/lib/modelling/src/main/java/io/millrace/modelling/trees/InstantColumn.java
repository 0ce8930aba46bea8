package io.millrace.modelling.trees;

import io.millrace.modelling.table.Table;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * A point in time as days since the first one, and those of its calendar parts that vary.
 *
 * @param feature ordinal of the feature in the table
 * @param origin earliest training instant, seconds since 1970-01-01T00:00Z
 * @param parts calendar parts that take more than one value in the training rows
 */
record InstantColumn(int feature, double origin, List<Part> parts) implements FeatureColumn {
    private static final int DAY_SECONDS = 86_400;
    /** Beyond the years that a calendar date can have there are no parts. */
    private static final double MOST_SECONDS = 1e15;

    /** Calendar parts, in UTC. */
    enum Part {
        /** Hours since midnight, with a fraction. */
        HOUR {
            @Override
            float of(long day, double secondOfDay) {
                return (float) (secondOfDay / 3600);
            }
        },
        /** 0 for Monday. */
        WEEKDAY {
            @Override
            float of(long day, double secondOfDay) {
                return Math.floorMod(day + 3, 7);
            }
        },
        /** From 1. */
        DAY_OF_MONTH {
            @Override
            float of(long day, double secondOfDay) {
                return LocalDate.ofEpochDay(day).getDayOfMonth();
            }
        },
        /** From 1. */
        MONTH {
            @Override
            float of(long day, double secondOfDay) {
                return LocalDate.ofEpochDay(day).getMonthValue();
            }
        };

        abstract float of(long day, double secondOfDay);

        float of(double seconds) {
            if (Double.isNaN(seconds) || Math.abs(seconds) > MOST_SECONDS) {
                return Float.NaN;
            }
            double day = Math.floor(seconds / DAY_SECONDS);
            return of((long) day, seconds - day * DAY_SECONDS);
        }
    }

    InstantColumn {
        parts = List.copyOf(parts);
    }

    static InstantColumn fit(int feature, Table table, int[] training) {
        double[] seconds = Arrays.stream(training)
                .mapToDouble(r -> table.numbers(feature)[r])
                .filter(s -> !Double.isNaN(s))
                .toArray();
        List<Part> varying = Arrays.stream(Part.values())
                .filter(p ->
                        Arrays.stream(seconds).map(p::of).distinct().limit(2).count() > 1)
                .toList();
        return new InstantColumn(feature, Arrays.stream(seconds).min().orElse(0), varying);
    }

    @Override
    public int width() {
        return 1 + parts.size();
    }

    @Override
    public void write(Table table, int[] rows, Cells cells) {
        double[] seconds = table.numbers(feature);
        for (int r = 0; r < rows.length; r++) {
            double second = seconds[rows[r]];
            cells.set(r, 0, (float) ((second - origin) / DAY_SECONDS));
            for (int p = 0; p < parts.size(); p++) {
                cells.set(r, 1 + p, parts.get(p).of(second));
            }
        }
    }
}
