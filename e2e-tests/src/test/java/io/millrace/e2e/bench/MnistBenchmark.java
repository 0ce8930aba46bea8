package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pixels as columns: 10,000 of MNIST's 60,000 training images, drawn by chance, as a table of 784 numbers, and all 10,000 of the official test set.
 * Needs Linux, python3 and the folder with the data; prints a Markdown table.
 *
 * <p>{@code ./mvnw -Pbench verify -pl e2e-tests -am -Dit.test=MnistBenchmark -Dbench.seeds=1,2 -Dbench.budget=120s}: a seed draws the
 * images, and is that of the run.
 */
class MnistBenchmark {
    private static final int TRAINING_ROWS = 10_000;
    private static final double AIM = 0.97;

    private final FixedFolds folds = new FixedFolds();
    private final String budget = System.getProperty("bench.budget", "120s");

    @Test
    void pixelsAreLearnedAsATable(@TempDir Path work) throws Exception {
        OpenData.assumeThere();
        OpenData.build();
        List<String> rows = new ArrayList<>();
        for (String seed : System.getProperty("bench.seeds", "0").split(",")) {
            rows.add(measure(seed, work.resolve(seed)));
            System.out.println(rows.get(rows.size() - 1));
        }
        System.out.printf(
                "%n| seed, %s | trials | run s | accuracy | log loss | %.1f %% |%n|---|---|---|---|---|---|%n",
                budget, 100 * AIM);
        rows.forEach(System.out::println);
        assertThat(rows).isNotEmpty();
    }

    private String measure(String seed, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        IdxFile training = IdxFile.read(file("train-images-idx3-ubyte.gz"));
        IdxFile test = IdxFile.read(file("t10k-images-idx3-ubyte.gz"));
        int[] drawn = drawn(training.items(), Long.parseLong(seed));
        write(training, "train-labels-idx1-ubyte.gz", drawn, folder.resolve("train.csv"));
        int[] all = IntStream.range(0, test.items()).toArray();
        write(test, "t10k-labels-idx1-ubyte.gz", all, folder.resolve("test.csv"));
        FixedFolds.Split split = new FixedFolds.Split("mnist", "label", "log_loss", TRAINING_ROWS, folder);
        WatchedRun run = folds.run(split, List.of("--budget", budget, "--seed", seed), Map.of());
        JsonNode scores = folds.scores(split, run);
        double accuracy = scores.get("accuracy").asDouble();
        String row = String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.2f %% | %.4f | %s |",
                seed,
                run.published().get("trials").asInt(),
                run.length().toMillis() / 1e3,
                100 * accuracy,
                scores.get("log_loss").asDouble(),
                accuracy >= AIM ? "reached" : "missed");
        FixedFolds.delete(folder);
        return row;
    }

    /** So many of the images, without replacement. */
    private static int[] drawn(int images, long seed) {
        List<Integer> all = IntStream.range(0, images).boxed().collect(Collectors.toList());
        Collections.shuffle(all, new Random(seed));
        return all.stream().limit(TRAINING_ROWS).mapToInt(i -> i).toArray();
    }

    private static void write(IdxFile images, String labelsFile, int[] chosen, Path csv) throws IOException {
        IdxFile labels = IdxFile.read(file(labelsFile));
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(csv))) {
            IntStream.range(0, images.values()).forEach(p -> out.print("pixel" + p + ","));
            out.println("label");
            for (int image : chosen) {
                IntStream.range(0, images.values()).forEach(p -> out.print(images.get(image, p) + ","));
                out.println(labels.get(image, 0));
            }
        }
    }

    private static Path file(String name) {
        return OpenData.folder().resolve("mnist").resolve(name);
    }
}
