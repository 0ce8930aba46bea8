package io.millrace.runtime.submission;

import io.millrace.runtime.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Settings as texts under their canonical keys; each reading method adds a sentence to the problems instead of throwing. */
final class SettingTexts {
    static final List<String> KEYS = List.of(
            "target", "budget", "trials", "metric", "task", "seed", "holdout", "folds", "timeColumn", "families");
    /** As long as the profiler lets the name of a column be. */
    private static final int LONGEST_TEXT = 500;

    private static final int SHOWN = 100;
    private static final Duration LEAST_BUDGET = Duration.ofSeconds(1);
    private static final Duration MOST_BUDGET = Duration.ofDays(30);

    private final Map<String, String> values;
    private final List<String> problems;

    private SettingTexts(Map<String, String> values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    static SettingTexts of(Map<String, String> texts, List<String> problems) {
        Map<String, String> values = new TreeMap<>();
        texts.forEach((key, value) -> {
            Optional<String> known = known(key);
            if (known.isEmpty()) {
                problems.add(key + " is not a setting; the settings are " + String.join(", ", KEYS));
            } else if (values.putIfAbsent(known.get(), value) != null) {
                problems.add(known.get() + " is given twice; give it once");
            }
        });
        return new SettingTexts(values, problems);
    }

    /** The canonical spelling of a key, if it is one of ours. */
    static Optional<String> known(String key) {
        return KEYS.stream().filter(k -> bare(k).equals(bare(key))).findFirst();
    }

    boolean given(String key) {
        return values.containsKey(key);
    }

    /** A column header; kept as it is, for spaces can belong to it. */
    Optional<String> text(String key) {
        return parsed(key, "the header of a column, " + LONGEST_TEXT + " characters at most", text -> {
            if (text.isBlank() || text.length() > LONGEST_TEXT) {
                throw new IllegalArgumentException("blank or too long");
            }
            return text;
        });
    }

    /** Names out of a list, separated by commas. */
    Optional<List<String>> names(String key, List<String> known) {
        return parsed(key, "some of " + String.join(", ", known) + ", separated by commas", text -> {
            List<String> names = Arrays.stream(text.split(",", -1))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
            if (!known.containsAll(names)) {
                throw new IllegalArgumentException("unknown");
            }
            return names;
        });
    }

    Optional<Integer> count(String key, int least, int most) {
        return parsed(key, "a whole number from " + least + " to " + most, text -> {
            int n = Integer.parseInt(text.strip());
            if (n < least || n > most) {
                throw new IllegalArgumentException("out of bounds");
            }
            return n;
        });
    }

    Optional<Double> share(String key, double most) {
        return parsed(key, "a share from 0 to " + most, text -> {
            double share = Double.parseDouble(text.strip());
            if (!(share >= 0 && share <= most)) {
                throw new IllegalArgumentException("out of bounds");
            }
            return share;
        });
    }

    Optional<Duration> budget(String key) {
        return parsed(key, "a duration from 1s to 720h such as 60s, 5m or 1h", text -> {
            Duration budget = Durations.parse(text);
            if (budget.compareTo(LEAST_BUDGET) < 0 || budget.compareTo(MOST_BUDGET) > 0) {
                throw new IllegalArgumentException("out of bounds");
            }
            return budget;
        });
    }

    <E extends Enum<E>> Optional<E> constant(String key, Class<E> type) {
        return parsed(key, "one of " + wireNames(type, e -> true), text -> {
            String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
            return Enum.valueOf(type, name);
        });
    }

    <T> Optional<T> parsed(String key, String expected, Function<String, T> parser) {
        String text = values.get(key);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text));
        } catch (RuntimeException e) {
            String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
            problems.add(key + " is '" + shown + "', expected " + expected);
            return Optional.empty();
        }
    }

    static String wireName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> String wireNames(Class<E> type, Predicate<E> wanted) {
        return Arrays.stream(type.getEnumConstants())
                .filter(wanted)
                .map(SettingTexts::wireName)
                .collect(Collectors.joining(", "));
    }

    private static String bare(String key) {
        return key.strip().toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
