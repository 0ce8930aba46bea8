package io.millrace.profiler.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Ways in which dates are written, as strptime patterns, the less ambiguous ones first. */
public final class DatePatterns {
    /** Years of two digits first: {@code %y} reads no year of four, but {@code %Y} takes 20 for the year 20. */
    private static final List<String> DAYS = List.of(
            "%d.%m.%y",
            "%m/%d/%y", "%d/%m/%y", "%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y");

    private static final List<String> TIMES = List.of(
            " %H:%M:%S",
            " %H:%M",
            " %H:%M:%S.%f",
            " %H:%M:%S.%n",
            "T%H:%M:%S",
            "T%H:%M",
            "T%H:%M:%S.%f",
            "T%H:%M:%S.%n",
            "T%H:%M:%SZ",
            "T%H:%M:%S.%fZ",
            "T%H:%M:%S.%nZ",
            "T%H:%M:%S%z",
            "T%H:%M:%S.%f%z",
            " %H:%M:%S%z",
            " %H:%M:%S.%f%z",
            " %I:%M:%S %p",
            " %I:%M %p");
    private static final List<String> NAMED =
            List.of("%d %b %Y", "%d-%b-%y", "%d-%b-%Y", "%b %d, %Y", "%B %d, %Y", "%d %B %Y");

    /** Dates written as one integer; taken only where the name of the column says so. */
    static final List<String> INTEGERS = List.of("%Y%m%d", "%m%d%Y", "%d%m%Y");

    /** Every pattern, in order of preference. */
    public static final List<String> ALL = all();

    private static final Pattern NAME = Pattern.compile(".*(date|datum|fecha|day|dt$|dte|^ts$|timestamp|time).*");
    private static final double MOST = 0.95;

    private DatePatterns() {}

    /** Whether the header speaks of a date or time. */
    public static boolean named(String column) {
        return NAME.matcher(column.toLowerCase(Locale.ROOT)).matches();
    }

    /** The pattern that reads the most rows, if it reads nearly all. */
    static Optional<String> best(Map<String, Long> dates, long present, boolean integers) {
        String best = null;
        long bestRows = 0;
        for (String pattern : integers ? INTEGERS : ALL) {
            long rows = dates.getOrDefault(pattern, 0L);
            if (rows > bestRows && INTEGERS.contains(pattern) == integers) {
                best = pattern;
                bestRows = rows;
            }
        }
        return Optional.ofNullable(bestRows >= MOST * present ? best : null);
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(DAYS);
        for (String day : DAYS) {
            for (String time : TIMES) {
                all.add(day + time);
            }
        }
        all.addAll(NAMED);
        all.addAll(INTEGERS);
        return List.copyOf(all);
    }
}
