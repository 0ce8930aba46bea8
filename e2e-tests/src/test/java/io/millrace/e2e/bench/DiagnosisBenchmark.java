package io.millrace.e2e.bench;

import io.millrace.e2e.bench.PlantedTrials.Case;
import io.millrace.events.Diagnosis;
import io.millrace.events.RunSettings;
import io.millrace.events.Verdict;
import io.millrace.modelling.table.Table;
import io.millrace.profiler.TableOfFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Networks with planted problems, what the diagnosis says of each, and how far the cure that follows brings it back: {@code
 * ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=DiagnosisBenchmark}; {@code -Dbench.seeds=N} for fewer than five seeds,
 * {@code -Dbench.seed=N} for others than those from 0. Prints every trial with its evidence, and two tables. Two data sets
 * at a time, each on a thread of its own.
 */
class DiagnosisBenchmark {
    private final Path data = Path.of(System.getProperty("bench.shared", "../shared"), "data");

    /** A data set and, where it is large, the rows that a fold trains on. */
    private record Source(String name, String target, Optional<Integer> rows) {}

    private static final List<Source> SOURCES = List.of(
            new Source("digits", "target", Optional.empty()),
            new Source("abalone", "Rings", Optional.empty()),
            new Source("adult", "income", Optional.of(4000)));

    @Test
    void plantedProblemsAreFoundAndCured() {
        List<Case> cases = SOURCES.parallelStream().flatMap(this::cases).toList();
        printVerdicts(cases);
        printCures(cases);
    }

    private Stream<Case> cases(Source source) {
        Table table = TableOfFile.read(source.name(), data.resolve(source.name() + ".csv"), settings(source.target()));
        long first = Long.getLong("bench.seed", 0);
        return Stream.iterate(first, seed -> seed + 1)
                .limit(Integer.getInteger("bench.seeds", 5))
                .flatMap(seed -> {
                    PlantedTrials trials = new PlantedTrials(table, source.rows(), seed);
                    return Arrays.stream(Planted.values()).map(trials::of).peek(c -> print(source, seed, c));
                })
                .toList()
                .stream();
    }

    private static void print(Source source, long seed, Case c) {
        System.out.printf(
                Locale.ROOT,
                "%s seed %d, %s: %s%s, %.3f times the healthy error, %s -> %.3f times; %s%n",
                source.name(),
                seed,
                name(c.planted()),
                name(c.diagnosis().verdict()),
                c.right() ? "" : " (WRONG)",
                c.error() / c.healthy(),
                c.cure().orElse("no cure"),
                c.cured() / c.healthy(),
                evidence(c.diagnosis()));
    }

    private static String evidence(Diagnosis diagnosis) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(diagnosis.evidence())
                .forEach((name, value) -> text.append(String.format(Locale.ROOT, "%s=%.3f ", name, value)));
        return text.toString();
    }

    private static void printVerdicts(List<Case> cases) {
        System.out.print("\n| planted |");
        Arrays.stream(Verdict.values()).forEach(v -> System.out.print(" " + name(v) + " |"));
        System.out.println(" does no harm | right |\n|---|---|---|---|---|---|---|---|");
        for (Planted planted : Planted.values()) {
            List<Case> of = of(cases, planted);
            StringBuilder row = new StringBuilder("| " + name(planted) + " |");
            for (Verdict verdict : Verdict.values()) {
                long n = of.stream()
                        .filter(c -> c.diagnosis().verdict() == verdict)
                        .count();
                row.append(' ').append(n == 0 ? "" : n).append(" |");
            }
            System.out.println(row + " " + of.stream().filter(Case::harmless).count() + " | "
                    + of.stream().filter(Case::right).count() + " of " + of.size() + " |");
        }
        long right = cases.stream().filter(Case::right).count();
        long strictly = cases.stream()
                .filter(c -> c.diagnosis().verdict() == c.planted().right())
                .count();
        System.out.printf(
                Locale.ROOT,
                "%nRight: %d of %d (%.0f %%); the planted problem itself was named in %d (%.0f %%)%n",
                right,
                cases.size(),
                100.0 * right / cases.size(),
                strictly,
                100.0 * strictly / cases.size());
    }

    private static void printCures(List<Case> cases) {
        System.out.printf(
                "%n| planted | cures chosen | error before | after | within 2 %% of the healthy |%n|---|---|---|---|---|%n");
        List<Case> ill =
                cases.stream().filter(c -> c.planted() != Planted.HEALTHY).toList();
        for (Planted planted : Planted.values()) {
            List<Case> of = of(ill, planted);
            if (!of.isEmpty()) {
                TreeMap<String, Integer> chosen = new TreeMap<>();
                of.forEach(c -> chosen.merge(c.cure().orElse("none"), 1, Integer::sum));
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.3f | %.3f | %d of %d |%n",
                        name(planted),
                        chosen.toString().replace("{", "").replace("}", "").replace('=', ' '),
                        median(of.stream().mapToDouble(c -> c.error() / c.healthy())),
                        median(of.stream().mapToDouble(c -> c.cured() / c.healthy())),
                        of.stream().filter(Case::restored).count(),
                        of.size());
            }
        }
        long restored = ill.stream().filter(Case::restored).count();
        System.out.printf(
                Locale.ROOT,
                "%nWithin 2 %% of the healthy network after the cure: %d of %d (%.0f %%)%n",
                restored,
                ill.size(),
                100.0 * restored / ill.size());
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static List<Case> of(List<Case> cases, Planted planted) {
        return cases.stream().filter(c -> c.planted() == planted).toList();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static RunSettings settings(String target) {
        RunSettings usual = RunSettings.ofBudget(Duration.ofMinutes(1));
        return new RunSettings(
                Optional.of(target),
                usual.task(),
                usual.metric(),
                usual.budget(),
                usual.trials(),
                usual.seed(),
                usual.holdout(),
                Optional.of(5),
                usual.timeColumn(),
                Optional.empty());
    }
}
