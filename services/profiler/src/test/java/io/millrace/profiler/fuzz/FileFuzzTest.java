package io.millrace.profiler.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.events.RunSettings;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.profiler.HostileBytes;
import io.millrace.profiler.Profiled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes are dropped, the profiler profiles them or says why not. */
class FileFuzzTest {
    private static final int ITERATIONS = 60;

    @TempDir
    Path scratch;

    private static String lines(IntFunction<String> line) {
        return IntStream.range(0, 40).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private List<byte[]> seeds() throws IOException {
        String csv = "age,job,when,note,y\n"
                + lines(i -> 20 + i % 9 + "," + "\"clerk, \"\"b\"\"\",2020-01-" + (10 + i % 9) + ",some words " + i
                        + "," + (i % 2 == 0 ? "yes" : "no"));
        String european = "größe;preis;y\n" + lines(i -> i % 5 + ",5;1.234," + i + ";" + i * 1.5);
        String json = lines(i -> "{\"a\":" + i % 7 + ",\"b\":{\"c\":[" + i + "]},\"y\":\"k" + i % 3 + "\"}");
        return List.of(
                csv.getBytes(UTF_8),
                european.getBytes(StandardCharsets.UTF_16LE),
                european.getBytes(StandardCharsets.ISO_8859_1),
                json.getBytes(UTF_8),
                ("[" + json.strip().replace("\n", ",") + "]").getBytes(UTF_8),
                parquet());
    }

    private byte[] parquet() throws IOException {
        Path file = scratch.resolve("seed.parquet");
        try (DuckDb db = DuckDb.open(new SourceSettings(1, 256, 1 << 20, scratch), scratch)) {
            db.execute("COPY (SELECT i % 7 AS a, 'k' || i % 3 AS b, [i, 2] AS c, i % 2 AS y FROM range(40) t(i)) TO "
                    + DuckDb.literal(file.toString()) + " (FORMAT parquet)");
        }
        return Files.readAllBytes(file);
    }

    @Test
    void aSpoiledFileIsProfiledOrRejectedWithAReason() throws IOException {
        List<byte[]> seeds = seeds();
        Fuzz.run(ITERATIONS, random -> {
            Event outcome = new Profiled(scratch).handle(spoiled(seeds, random), settings(random));
            if (outcome instanceof DatasetRejected rejected) {
                assertThat(rejected.problem()).isNotBlank();
                assertThat(rejected.message()).isNotBlank();
                assertThat(rejected.remedy()).isNotBlank();
            } else {
                assertThat(outcome).isInstanceOf(DatasetProfiled.class);
            }
        });
    }

    private static RunSettings settings(RandomGenerator random) {
        return random.nextBoolean() ? Profiled.DEFAULTS : Profiled.target("y");
    }

    /** Spoiled before or after it is packed, or both. */
    private static byte[] spoiled(List<byte[]> seeds, RandomGenerator random) throws IOException {
        byte[] content = Mutation.some(seeds.get(random.nextInt(seeds.size())), random);
        if (random.nextInt(4) > 0) {
            return content;
        }
        byte[] packed = HostileBytes.gzip(content);
        return random.nextBoolean() ? packed : Mutation.some(packed, random);
    }
}
