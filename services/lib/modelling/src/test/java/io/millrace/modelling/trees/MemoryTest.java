package io.millrace.modelling.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final Path STATUS = Path.of("/proc/self/status");

    @Test
    void memoryStaysFlatOverAHundredFits() throws IOException {
        assumeThat(STATUS).exists();
        Random random = new Random(3);
        int rows = 6_000;
        TableBuilder builder = new TableBuilder();
        for (int c = 0; c < 20; c++) {
            builder.numbers("n" + c, random.doubles(rows).toArray());
        }
        double[] target = random.ints(rows, 0, 2).asDoubleStream().toArray();
        Table table = builder.build(Task.BINARY, List.of("no", "yes"), 3, target);
        // A leaked training set is 4000 rows x 20 columns x 9 bytes (cells and bins): 720 kB, so 72 MB in all.
        fits(table, 20);
        long before = residentKilobytes();
        fits(table, 100);
        assertThat(residentKilobytes() - before).isLessThan(40_000);
    }

    private static void fits(Table table, int times) {
        for (int i = 0; i < times; i++) {
            try (var model = new TreesLearner()
                    .fit(TreesLearnerTest.job(table, TreesLearnerTest.boosting(2), Metric.LOG_LOSS), () -> false)
                    .model()) {
                assertThat(model.predict(table, new int[] {0}).columns()).isEqualTo(2);
            }
        }
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(STATUS).stream()
                .filter(l -> l.startsWith("VmRSS:"))
                .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
