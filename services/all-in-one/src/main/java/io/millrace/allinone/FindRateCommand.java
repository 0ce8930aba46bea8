package io.millrace.allinone;

import io.millrace.allinone.ratecurve.CurveSvg;
import io.millrace.allinone.ratecurve.CurveText;
import io.millrace.configuration.Activation;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.events.RunSettings;
import io.millrace.modelling.network.LearningRateSweep;
import io.millrace.modelling.network.LearningRateSweep.Spacing;
import io.millrace.modelling.rangetest.RangeTest;
import io.millrace.modelling.table.Table;
import io.millrace.profiler.TableOfFile;
import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.RunSettingsParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The learning-rate range test alone. */
@Command(
        name = "lr-find",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs a learning-rate range test of one network on one file, draws its curve, and tells what the four"
                        + " rules suggest and which range a run would train in. Needs neither broker nor database.")
final class FindRateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "CSV (any delimiter, gzip too), Parquet or JSON lines.")
    Path file;

    @Option(names = "--target", paramLabel = "COLUMN", description = "Column to predict. Guessed when absent.")
    String target;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            defaultValue = NetworkConfiguration.MLP,
            description = "linear, mlp, resnet, tabm, realmlp, realmlp-s or boosted (default: ${DEFAULT-VALUE}).")
    String family;

    @Option(
            names = "--hidden",
            paramLabel = "N,N",
            split = ",",
            defaultValue = "256,128",
            description = "Widths of the hidden layers (default: ${DEFAULT-VALUE}); none for linear.")
    List<Integer> hidden;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            defaultValue = "relu",
            description = "Of the hidden layers: relu, selu, mish or gelu (default: ${DEFAULT-VALUE}).")
    String activation;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            defaultValue = "adamw",
            description =
                    "As in a configuration, such as adam, adamw, nesterov or rmsprop (default: ${DEFAULT-VALUE}).")
    String optimizer;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "128",
            description = "Rows per step (default: ${DEFAULT-VALUE}).")
    int batchSize;

    @Option(
            names = "--linear",
            description = "Let the rate grow by the same amount at every step, not by the same factor.")
    boolean linear;

    @Option(names = "--lowest", paramLabel = "RATE", description = "Rate of the first step (default: by optimizer).")
    Double lowest;

    @Option(names = "--highest", paramLabel = "RATE", description = "Rate of the last step (default: by optimizer).")
    Double highest;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of weights and batches (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the curve here too.")
    Path svg;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        NetworkConfiguration network = network();
        LearningRateSweep sweep = sweep(network.optimizer());
        RunSettings settings = RunSettingsParser.parse(
                target == null ? Map.of("trials", "1") : Map.of("trials", "1", "target", target));
        Table table = TableOfFile.read(DatasetName.ofFile(file.getFileName().toString()), file, settings);
        RangeTest.Result found = RangeTest.run(table, table.trainingRows(0), network, sweep, seed, () -> false);
        print(found);
        if (svg != null) {
            Files.writeString(svg, CurveSvg.draw(found.curve(), marks(found)));
            System.out.println("The curve is in " + svg);
        }
        return 0;
    }

    private void print(RangeTest.Result found) {
        if (found.curve().rates().isEmpty()) {
            throw new IllegalStateException("the loss was no number from the first step on; try a lower --lowest");
        }
        Map<Character, Double> letters = new LinkedHashMap<>();
        marks(found).forEach((name, rate) -> letters.put(Character.toUpperCase(name.charAt(0)), rate));
        System.out.print(CurveText.draw(found.curve(), letters));
        marks(found)
                .forEach((name, rate) -> System.out.printf(
                        Locale.ROOT, "  %s  %-9s %.3g%n", Character.toUpperCase(name.charAt(0)), name, rate));
        System.out.printf(
                Locale.ROOT,
                "%nA run would train from %.3g up to %.3g. The rules differ by a factor of %.1f;"
                        + " confidence %.2f after %d curve%s; the sweep %s.%n",
                found.chosen().base(),
                found.chosen().max(),
                found.agreement(),
                found.confidence(),
                found.seeds(),
                found.seeds() == 1 ? "" : "s",
                found.curve().stoppedBy().equals("diverged") ? "ended when the loss flew off" : "went to its end");
    }

    private static Map<String, Double> marks(RangeTest.Result found) {
        Map<String, Double> marks = new LinkedHashMap<>();
        put(marks, "valley", found.suggestions().valley());
        put(marks, "slide", found.suggestions().slide());
        put(marks, "minimum", found.suggestions().minimum());
        put(marks, "fastest", found.suggestions().steepest());
        return marks;
    }

    private static void put(Map<String, Double> marks, String name, Optional<Double> rate) {
        rate.ifPresent(r -> marks.put(name, r));
    }

    private NetworkConfiguration network() {
        if (batchSize < 1) {
            throw new IllegalArgumentException("--batch-size is " + batchSize + ", expected 1 or more");
        }
        if (!NetworkConfiguration.NETWORKS.contains(family)) {
            throw new IllegalArgumentException("--family is '" + family + "', expected one of "
                    + String.join(", ", NetworkConfiguration.NETWORKS));
        }
        boolean flat = family.equals(NetworkConfiguration.LINEAR);
        return new NetworkConfiguration(
                family,
                flat ? List.of() : hidden,
                constant(Activation.class, "--activation", activation),
                8,
                0,
                0,
                0,
                constant(Optimizer.class, "--optimizer", optimizer),
                batchSize,
                1,
                1);
    }

    private LearningRateSweep sweep(Optimizer rule) {
        LearningRateSweep usual = RangeTest.sweep(rule, linear ? Spacing.LINEAR : Spacing.EXPONENTIAL);
        double from = lowest == null ? usual.lowest() : lowest;
        double to = highest == null ? usual.highest() : highest;
        if (!(from > 0) || !(to > from) || !Double.isFinite(to)) {
            throw new IllegalArgumentException(
                    "the rates go from " + from + " to " + to + "; expected 0 < --lowest < --highest");
        }
        return new LearningRateSweep(usual.spacing(), from, to, usual.steps());
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String option, String name) {
        try {
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    option + " is '" + name + "', expected one of "
                            + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT),
                    e);
        }
    }
}
