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
    static Headers unique(List<String> found) {
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
