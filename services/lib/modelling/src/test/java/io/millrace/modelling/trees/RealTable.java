package io.millrace.modelling.trees;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads the plain CSV files among the real data sets, which lie in the folder that system property {@code millrace.data}
 * names, or beside the repository. Five random folds.
 */
public final class RealTable {
    private static final Set<String> MISSING = Set.of("", "?", "NA");

    private RealTable() {}

    /** The table, unless the file is not there. */
    public static Optional<Table> find(String file, char delimiter, String target, Task task, String... dropped) {
        return folders()
                .map(f -> f.resolve(file))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(path -> read(path, delimiter, target, task, List.of(dropped)));
    }

    private static Stream<Path> folders() {
        String named = System.getProperty("millrace.data");
        if (named != null) {
            return Stream.of(Path.of(named));
        }
        Path here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, p -> p != null, Path::getParent).map(p -> p.resolve("shared/data"));
    }

    private static Table read(Path path, char delimiter, String target, Task task, List<String> dropped) {
        List<List<String>> lines;
        try (Stream<String> all = Files.lines(path, StandardCharsets.UTF_8)) {
            lines = all.filter(l -> !l.isBlank()).map(l -> cells(l, delimiter)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TableBuilder builder = new TableBuilder();
        double[] targets = new double[0];
        List<String> classes = List.of();
        for (int c = 0; c < lines.get(0).size(); c++) {
            int column = c;
            String name = lines.get(0).get(c);
            List<String> values = lines.stream().skip(1).map(l -> l.get(column)).toList();
            if (name.equals(target) && task == Task.REGRESSION) {
                targets = numbers(values);
            } else if (name.equals(target)) {
                classes = values.stream().distinct().sorted().toList();
                targets = values.stream().mapToDouble(classes::indexOf).toArray();
            } else if (!dropped.contains(name) && isNumeric(values)) {
                builder.numbers(name, ColumnKind.NUMERIC, numbers(values));
            } else if (!dropped.contains(name)) {
                List<String> levels = levels(values);
                builder.categories(
                        name, levels, values.stream().mapToInt(levels::indexOf).toArray());
            }
        }
        Random random = new Random(1);
        int[] folds =
                IntStream.range(0, targets.length).map(r -> random.nextInt(5)).toArray();
        return builder.build(task, classes, 5, folds, targets);
    }

    private static List<String> levels(List<String> values) {
        Map<String, Long> counts = values.stream()
                .filter(v -> !MISSING.contains(v))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.keySet().stream()
                .sorted(Comparator.<String, Long>comparing(counts::get)
                        .reversed()
                        .thenComparing(v -> v))
                .limit(1000)
                .toList();
    }

    private static boolean isNumeric(List<String> values) {
        return values.stream().allMatch(v -> MISSING.contains(v) || v.matches("[-+]?[0-9]*[.]?[0-9]+([eE][-+]?\\d+)?"));
    }

    private static double[] numbers(List<String> values) {
        return values.stream()
                .mapToDouble(v -> MISSING.contains(v) ? Double.NaN : Double.parseDouble(v))
                .toArray();
    }

    private static List<String> cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return Arrays.asList(cells.toArray(String[]::new));
    }
}
