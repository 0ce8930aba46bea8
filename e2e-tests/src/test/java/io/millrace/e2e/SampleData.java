package io.millrace.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Data sets for whole runs: real ones where {@code ../shared/data} is there, generated ones of the same kind elsewhere. */
final class SampleData {
    private static final String[] CITIES = {"Aachen", "Bonn", "Celle", "Dresden", "Essen"};

    private SampleData() {}

    /** Three classes, few rows. */
    static Path multiclass(Path folder) {
        return real("iris.csv").orElseGet(() -> generated(folder, "iris.csv", 150, "species"));
    }

    static String multiclassTarget() {
        return "species";
    }

    /** Two classes; numbers, categories and missing cells. */
    static Path binary(Path folder) {
        return real("credit_g.csv").orElseGet(() -> generated(folder, "credit_g.csv", 800, "class"));
    }

    static String binaryTarget() {
        return "class";
    }

    /** A number. */
    static Path regression(Path folder) {
        return real("diabetes.csv").orElseGet(() -> generated(folder, "diabetes.csv", 400, "target"));
    }

    static String regressionTarget() {
        return "target";
    }

    private static Optional<Path> real(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared").resolve("data").resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static Path generated(Path folder, String name, int rows, String target) {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("size,weight,city,visits," + target + "\n");
        for (int r = 0; r < rows; r++) {
            double size = random.nextGaussian();
            double weight = random.nextGaussian();
            int city = random.nextInt(CITIES.length);
            double signal = 2 * size - weight + 0.7 * city + 0.5 * random.nextGaussian();
            String label =
                    switch (target) {
                        case "species" -> signal < 0 ? "low" : signal < 2.5 ? "middle" : "high";
                        case "class" -> signal < 1.4 ? "good" : "bad";
                        default -> String.format(Locale.ROOT, "%.3f", 100 + 20 * signal);
                    };
            csv.append(String.format(Locale.ROOT, "%.4f,", size))
                    .append(random.nextInt(20) == 0 ? "" : String.format(Locale.ROOT, "%.4f", weight))
                    .append(',')
                    .append(CITIES[city])
                    .append(',')
                    .append(random.nextInt(50))
                    .append(',')
                    .append(label)
                    .append('\n');
        }
        try {
            return Files.writeString(folder.resolve(name), csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
