package io.millrace.profiler.core;

import io.millrace.dataset.ColumnKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** Which column is the target. */
public final class TargetChoice {
    private static final List<String> HINTS =
            List.of("target", "label", "class", "y", "outcome", "response", "output", "survived", "churn");

    private TargetChoice() {}

    /**
     * The column asked for.
     *
     * @throws RejectedDatasetException {@code no-such-target}, with the nearest names
     */
    public static int named(List<String> header, String name) {
        OptionalInt found = Names.find(header, name);
        return found.orElseThrow(() -> new RejectedDatasetException(
                "no-such-target",
                "there is no column '" + name + "'; the nearest are " + String.join(", ", Names.nearest(header, name)),
                "Name one of the " + header.size() + " columns as target: " + shown(header)));
    }

    /** By a telling name, else the last column that can be predicted; empty when none can. */
    public static Optional<Integer> guess(List<String> header, IntFunction<ColumnFacts> facts) {
        for (String hint : HINTS) {
            for (int i = 0; i < header.size(); i++) {
                if (header.get(i).strip().toLowerCase(Locale.ROOT).equals(hint)) {
                    return Optional.of(i);
                }
            }
        }
        for (int i = header.size() - 1; i >= 0; i--) {
            ColumnKind kind = ColumnJudge.judge(facts.apply(i)).kind();
            if (kind == ColumnKind.CATEGORICAL || kind == ColumnKind.NUMERIC || kind == ColumnKind.BOOLEAN) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static String shown(List<String> header) {
        String all = String.join(", ", header);
        return all.length() <= 500 ? all : all.substring(0, 500) + "...";
    }
}
