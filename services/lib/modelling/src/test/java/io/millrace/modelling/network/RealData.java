package io.millrace.modelling.network;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.SourceFormat;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Reads the real data sets beside the repository for accuracy checks, without the profiler; five seeded folds. */
public final class RealData {
    private static final Set<String> MISSING = Set.of("", "?", "NA");

    private RealData() {}

    /** The folder with the data sets: property {@code millrace.data}, or {@code shared/data} near the checkout. */
    static Optional<Path> folder() {
        String configured = System.getProperty("millrace.data");
        if (configured != null) {
            return Optional.of(Path.of(configured));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve("data");
            if (Files.isDirectory(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    public static boolean isThere() {
        return folder().isPresent();
    }

    /** A CSV as a table: columns of numbers are numeric, {@code texts} are texts, {@code unused} left out, the rest categories. */
    public static Table read(
            String name, String target, Task task, char delimiter, Set<String> texts, Set<String> unused)
            throws IOException {
        List<String[]> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder().orElseThrow().resolve(name + ".csv"))) {
            lines.add(cells(line, delimiter));
        }
        String[] header = lines.remove(0);
        int n = lines.size();
        List<ColumnProfile> columns = new ArrayList<>();
        List<Object> features = new ArrayList<>();
        double[] targets = new double[n];
        List<String> classes = List.of();
        for (int c = 0; c < header.length; c++) {
            String[] cells = new String[n];
            for (int r = 0; r < n; r++) {
                String cell = lines.get(r)[c];
                cells[r] = MISSING.contains(cell) ? null : cell;
            }
            List<String> levels = Arrays.stream(cells)
                    .filter(Objects::nonNull)
                    .distinct()
                    .sorted()
                    .toList();
            if (header[c].equals(target)) {
                classes = task.isClassification() ? levels : List.of();
                for (int r = 0; r < n; r++) {
                    targets[r] = task.isClassification() ? levels.indexOf(cells[r]) : Double.parseDouble(cells[r]);
                }
            } else if (!unused.contains(header[c])) {
                boolean numeric = levels.stream().allMatch(RealData::isNumber);
                ColumnKind kind = texts.contains(header[c])
                        ? ColumnKind.TEXT
                        : numeric ? ColumnKind.NUMERIC : ColumnKind.CATEGORICAL;
                columns.add(new ColumnProfile(
                        header[c],
                        kind,
                        0,
                        levels.size(),
                        Optional.empty(),
                        kind == ColumnKind.CATEGORICAL ? levels : List.of(),
                        Optional.empty(),
                        Optional.empty()));
                features.add(
                        switch (kind) {
                            case TEXT -> cells;
                            case NUMERIC ->
                                Arrays.stream(cells)
                                        .mapToDouble(v -> v == null ? Double.NaN : Double.parseDouble(v))
                                        .toArray();
                            default ->
                                Arrays.stream(cells)
                                        .mapToInt(v -> v == null ? Table.MISSING : levels.indexOf(v))
                                        .toArray();
                        });
            }
        }
        DatasetProfile profile = new DatasetProfile(
                name,
                n,
                target,
                task,
                classes,
                List.of(),
                columns,
                List.of(),
                5,
                0,
                Optional.empty(),
                0,
                new SourceFormat("csv", String.valueOf(delimiter), "UTF-8"),
                List.of());
        Random random = new Random(1);
        int[] folds = random.ints(n, 0, 5).toArray();
        return new Table(profile, n, features, targets, folds);
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?\\d*\\.?\\d+([eE][-+]?\\d+)?");
    }

    private static String[] cells(String line, char delimiter) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char ch = line.charAt(i);
            if (ch == '"') {
                quoted = !quoted;
            } else if (ch == delimiter && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(ch);
            }
        }
        cells.add(cell.toString());
        return cells.toArray(new String[0]);
    }
}
