package io.millrace.e2e.bench;

import io.millrace.configuration.Optimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Trainings of a grid of peaks, kept in a file with one row each, so that a benchmark goes on where it was stopped. */
final class TrainedPeaks {
    /** What is searched the best peak for. */
    record Combination(String set, Optimizer optimizer, int batch) {}

    /** A training. */
    record Key(Combination of, int seed, int rung) {}

    /**
     * What it came to.
     *
     * @param validation error on the validation rows, by which the epoch was kept and a search ranks
     * @param unseen error on rows that nothing was chosen by
     * @param cpuSeconds processor time
     */
    record Trained(double validation, double unseen, double cpuSeconds) {}

    private final Path file;
    private final Map<Key, Trained> rows = new LinkedHashMap<>();

    TrainedPeaks(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                Files.readAllLines(file).forEach(this::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Trained> find(Key key) {
        return Optional.ofNullable(rows.get(key));
    }

    Set<Key> keys() {
        return rows.keySet();
    }

    void keep(Key key, Trained trained) {
        rows.put(key, trained);
        Combination of = key.of();
        String line = String.format(
                Locale.ROOT,
                "%s,%s,%d,%d,%d,%s,%s,%.3f%n",
                of.set(),
                of.optimizer(),
                of.batch(),
                key.seed(),
                key.rung(),
                trained.validation(),
                trained.unseen(),
                trained.cpuSeconds());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String[] c = line.split(",");
        Combination of = new Combination(c[0], Optimizer.valueOf(c[1]), Integer.parseInt(c[2]));
        rows.put(
                new Key(of, Integer.parseInt(c[3]), Integer.parseInt(c[4])),
                new Trained(Double.parseDouble(c[5]), Double.parseDouble(c[6]), Double.parseDouble(c[7])));
    }
}
