package io.millrace.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads {@code MILLRACE_*} variables into config records. Problems are collected and reported together by
 * {@link #check()}, unknown {@code MILLRACE_*} keys among them, each with the nearest known key.
 */
public final class Environment {
    private final Map<String, String> variables;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /** A text that must be there. */
    public String text(String key) {
        return optional(key).orElseGet(() -> {
            problems.add(key + " is not set");
            return "";
        });
    }

    /** A text with a default. */
    public String text(String key, String otherwise) {
        return optional(key).orElse(otherwise);
    }

    /** A text that may be absent; an empty one counts as absent. */
    public Optional<String> optional(String key) {
        known.add(key);
        return Optional.ofNullable(variables.get(key)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** A secret: the variable itself, or the content of the file that {@code KEY_FILE} names, as orchestrators mount them. */
    public Optional<String> secret(String key) {
        Optional<String> text = optional(key);
        Optional<String> file = optional(key + "_FILE");
        if (file.isEmpty()) {
            return text;
        }
        require(text.isEmpty(), key + " and " + key + "_FILE are both set; set one of them");
        try {
            return Optional.of(Files.readString(Path.of(file.get())).strip());
        } catch (IOException | InvalidPathException e) {
            problems.add(key + "_FILE is '" + file.get() + "', which cannot be read");
            return Optional.empty();
        }
    }

    /** Every variable whose key begins with a prefix; they all count as known. */
    public Map<String, String> withPrefix(String prefix) {
        Map<String, String> found = new TreeMap<>();
        variables.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                known.add(key);
                found.put(key, value.strip());
            }
        });
        return found;
    }

    /** A whole number within bounds. */
    public int count(String key, int otherwise, int least, int most) {
        return parsed(key, otherwise, "a whole number from " + least + " to " + most, v -> {
            int n = Integer.parseInt(v);
            if (n < least || n > most) {
                throw new IllegalArgumentException("out of bounds");
            }
            return n;
        });
    }

    /** A duration such as {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}. */
    public Duration duration(String key, Duration otherwise) {
        return parsed(key, otherwise, "a duration such as 500ms, 60s, 5m or 1h", Durations::parse);
    }

    /** A number of bytes such as {@code 64KiB}, {@code 500MiB} or {@code 2GiB}. */
    public long bytes(String key, long otherwise) {
        return parsed(key, otherwise, "a size such as 500MiB or 2GiB", ByteCounts::parse);
    }

    /** Anything else, with words for what is expected. */
    public <T> T parsed(String key, T otherwise, String expected, Function<String, T> parser) {
        Optional<String> value = optional(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return parser.apply(value.get());
        } catch (RuntimeException e) {
            problems.add(key + " is '" + value.get() + "', expected " + expected);
            return otherwise;
        }
    }

    /** Notes a problem of values that do not go together. */
    public void require(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    /** Throws a {@link ConfigurationException} that lists every problem found so far and every unknown key. */
    public void check() {
        List<String> all = new ArrayList<>(problems);
        variables.keySet().stream()
                .filter(k -> k.startsWith("MILLRACE_") && !known.contains(k))
                .sorted()
                .map(k -> k + " is not known"
                        + nearest(k).map(n -> ", did you mean " + n + "?").orElse(""))
                .forEach(all::add);
        if (!all.isEmpty()) {
            throw new ConfigurationException(all);
        }
    }

    private Optional<String> nearest(String key) {
        String best = null;
        int bestDistance = 4;
        for (String candidate : known) {
            int distance = editDistance(key, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int editDistance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
