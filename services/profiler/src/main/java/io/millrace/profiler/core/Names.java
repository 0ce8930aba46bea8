package io.millrace.profiler.core;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds columns by name the way people type them. */
public final class Names {
    private Names() {}

    /** Position of a name: as it stands, else without blanks around it, else without regard to case. */
    public static OptionalInt find(List<String> header, String name) {
        OptionalInt exact = IntStream.range(0, header.size())
                .filter(i -> header.get(i).equals(name))
                .findFirst();
        return exact.isPresent()
                ? exact
                : IntStream.range(0, header.size())
                        .filter(i -> header.get(i).strip().equalsIgnoreCase(name.strip()))
                        .findFirst();
    }

    /** The three names that are most like the one asked for. */
    public static List<String> nearest(List<String> header, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return header.stream()
                .sorted(Comparator.comparingDouble(h -> distance(h.strip().toLowerCase(Locale.ROOT), wanted)))
                .limit(3)
                .toList();
    }

    /** Levenshtein's distance, less where one contains the other. */
    private static double distance(String a, String b) {
        int[] previous = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        boolean contained = !a.isEmpty() && !b.isEmpty() && (a.contains(b) || b.contains(a));
        return contained ? previous[b.length()] / 2.0 : previous[b.length()];
    }
}
