package io.millrace.modelling.source;

import io.millrace.dataset.DatasetProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Column names as they stand in the source, made unique. Names that differ only in case count as equal, because SQL and
 * Parquet readers take them for the same.
 *
 * @param names one per column
 * @param warnings what was renamed
 */
record Headers(List<String> names, List<String> warnings) {
    /** Profiling asks a few questions per column, and a model has an input for each: more than this is no table of features. */
    static final int MOST_COLUMNS = 10_000;
    /** Names travel in events, which are small. */
    static final int LONGEST_NAME = 500;

    /** Throws an {@link UnreadableSourceException} where there are too many names or one of them is none. */
    static Headers unique(List<String> found) {
        requireUsable(found);
        Set<String> taken = new HashSet<>(Set.of(DatasetProfile.TARGET, DatasetProfile.FOLD, DatasetProfile.ROW));
        Set<String> given = new HashSet<>();
        found.forEach(name -> given.add(name.toLowerCase(Locale.ROOT)));
        List<String> names = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            String name = found.get(i);
            String unique = name;
            if (name.isBlank()) {
                unique = free("column_" + (i + 1), taken, given);
                warnings.add("Column " + (i + 1) + " has no name and is called " + unique + ".");
            } else if (taken.contains(name.toLowerCase(Locale.ROOT))) {
                unique = free(name, taken, given);
                warnings.add(
                        "The header has " + name + " more than once; column " + (i + 1) + " is called " + unique + ".");
            }
            taken.add(unique.toLowerCase(Locale.ROOT));
            names.add(unique);
        }
        return new Headers(List.copyOf(names), List.copyOf(warnings));
    }

    /** Throws an {@link UnreadableSourceException} where there are too many columns. */
    static void requireFew(int columns) {
        if (columns > MOST_COLUMNS) {
            throw new UnreadableSourceException(
                    "too-many-columns",
                    "the file has " + columns + " columns or more, at most " + MOST_COLUMNS + " are read",
                    "Leave columns out, or turn the table if its rows are columns.");
        }
    }

    private static void requireUsable(List<String> found) {
        requireFew(found.size());
        for (int i = 0; i < found.size(); i++) {
            int length = found.get(i).length();
            if (length > LONGEST_NAME) {
                throw new UnreadableSourceException(
                        "long-column-name",
                        "the name of column " + (i + 1) + " has " + length + " characters, at most " + LONGEST_NAME
                                + " are read",
                        "Give the columns short names; check the file's header line and quotes.");
            }
        }
    }

    private static String free(String base, Set<String> taken, Set<String> given) {
        String candidate = base;
        for (int i = 2;
                taken.contains(candidate.toLowerCase(Locale.ROOT))
                        || given.contains(candidate.toLowerCase(Locale.ROOT));
                i++) {
            candidate = base + "_" + i;
        }
        return candidate;
    }
}
