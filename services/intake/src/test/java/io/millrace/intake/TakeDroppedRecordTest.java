package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.Metric;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetRejected;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.RawRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeDroppedRecordTest {
    @TempDir
    Path scratch;

    private Fixture fixture;
    private TakeDroppedRecord handler;

    @BeforeEach
    void intakeListens() {
        fixture = new Fixture(scratch);
        handler = new TakeDroppedRecord(fixture.blobs, fixture.submit, fixture.announcer);
    }

    @Test
    void bytesAreSubmittedWithTheSettingsOfTheHeaders() throws Exception {
        handler.on(record(0, "Churn", "a,b\n1,2\n", Map.of("target", "b", "metric", "auc", "traceparent", "00-1")));

        assertThat(fixture.submitted()).singleElement().satisfies(e -> {
            assertThat(e.event().name()).isEqualTo("churn");
            assertThat(e.event().fileName()).isEqualTo("churn.csv");
            assertThat(e.event().settings().target()).contains("b");
            assertThat(e.event().settings().metric()).contains(Metric.AUC);
            assertThat(fixture.content(e)).isEqualTo("a,b\n1,2\n");
        });
    }

    @Test
    void aRecordThatComesTwiceIsOneRun() throws Exception {
        handler.on(record(4, "churn", "a\n1\n", Map.of()));
        handler.on(record(4, "churn", "a\n1\n", Map.of()));
        handler.on(record(5, "churn", "a\n1\n", Map.of()));

        assertThat(fixture.submitted()).extracting(Envelope::id).hasSize(3);
        assertThat(fixture.submitted().stream().map(Envelope::runId).distinct()).hasSize(2);
        assertThat(fixture.submitted().get(0).id())
                .isEqualTo(fixture.submitted().get(1).id());
    }

    @Test
    void piecesWhoseEndNeverCameAreForgottenAfterAWhile() throws Exception {
        chunk(1, "a,b\n");
        chunk(2, "1,2\n");
        Chunks chunks = new Chunks(fixture.blobs);
        chunks.forget(Instant.EPOCH);
        assertThat(fixture.blobs.list("incoming/")).hasSize(2);
        // Somebody's own, to be referred to; it must not keep the others from being forgotten.
        fixture.blobs.put("incoming/sales-2026.csv", new byte[] {1});
        chunks.forget(Instant.parse("2200-01-01T00:00:00Z"));
        assertThat(fixture.blobs.list("incoming/")).containsExactly("incoming/sales-2026.csv");
    }

    @Test
    void chunksAreAssembledInOrderWhenTheEndComes() throws Exception {
        chunk(1, "a,b\n");
        chunk(2, "1,");
        handler.on(record(3, "other", "x\n", Map.of("form", "chunk")));
        chunk(9, "2\n");
        assertThat(fixture.bus.published).isEmpty();
        end(10, Map.of("target", "b", "chunks", "3"));

        assertThat(fixture.submitted()).singleElement().satisfies(e -> {
            assertThat(fixture.content(e)).isEqualTo("a,b\n1,2\n");
            assertThat(e.event().settings().target()).contains("b");
        });
        assertThat(fixture.blobs.list("incoming/churn"))
                .singleElement()
                .asString()
                .contains("/closed/");
        assertThat(fixture.blobs.list("incoming/other")).hasSize(1);
    }

    @Test
    void chunksAndEndsThatComeAgainChangeNothing() throws Exception {
        chunk(1, "a\n");
        chunk(2, "1\n");
        chunk(1, "a\n");
        chunk(2, "1\n");
        end(3, Map.of());
        chunk(2, "1\n");
        end(3, Map.of());
        assertThat(fixture.submitted()).singleElement().satisfies(e -> assertThat(fixture.content(e))
                .isEqualTo("a\n1\n"));

        chunk(4, "a\n");
        end(5, Map.of());
        assertThat(fixture.submitted()).hasSize(2);
        assertThat(fixture.content(fixture.submitted().get(1))).isEqualTo("a\n");
        assertThat(fixture.rejected()).isEmpty();
    }

    @Test
    void aPieceThatASlowInstanceStoresAfterTheEndStaysOutOfTheNextFile() throws Exception {
        chunk(1, "a\n");
        end(2, Map.of());
        chunk(1, "a\n");
        chunk(3, "b\n");
        end(4, Map.of());

        assertThat(fixture.content(fixture.submitted().get(1))).isEqualTo("b\n");
    }

    @Test
    void aCrashAfterPublishingAnEndRepeatsTheSameRun() throws Exception {
        chunk(1, "a\n");
        chunk(2, "1\n");
        fixture.bus.crashAfter = true;
        assertThatThrownBy(() -> end(3, Map.of())).isInstanceOf(Fixture.Crash.class);
        fixture.bus.crashAfter = false;
        end(3, Map.of());

        assertThat(fixture.submitted()).hasSize(2);
        assertThat(fixture.submitted().stream().map(Envelope::id).distinct()).hasSize(1);
        assertThat(fixture.blobs.list("incoming/churn")).hasSize(1);
    }

    @Test
    void aTopicMadeAnewDoesNotMistakeItsEndsForOldOnes() throws Exception {
        chunk(1, "old\n");
        end(2, Map.of());
        Instant later = Instant.EPOCH.plusSeconds(1000);
        handler.on(record(0, 1, later, "churn", "new\n", Map.of("form", "chunk")));
        handler.on(record(0, 2, later, "churn", "", Map.of("form", "end")));

        assertThat(fixture.content(fixture.submitted().get(1))).isEqualTo("new\n");
    }

    @Test
    void twoUploadsOfOneNameAreKeptApart() throws Exception {
        handler.on(record(1, "churn", "x\n", Map.of("form", "chunk", "upload", "first")));
        handler.on(record(2, "churn", "y\n", Map.of("form", "chunk", "upload", "second")));
        handler.on(record(3, "churn", "", Map.of("form", "end", "upload", "second")));

        assertThat(fixture.content(fixture.submitted().get(0))).isEqualTo("y\n");
    }

    @Test
    void anEndThatMissesChunksIsRejectedAndTheNextUploadIsClean() throws Exception {
        chunk(1, "a\n");
        end(2, Map.of("chunks", "2"));
        end(3, Map.of());
        chunk(4, "b\n");
        end(5, Map.of());

        assertThat(fixture.rejected())
                .extracting(DatasetRejected::problem)
                .containsExactly("incomplete-file", "incomplete-file");
        assertThat(fixture.content(fixture.submitted().get(0))).isEqualTo("b\n");
    }

    @Test
    void aReferenceIsSubmittedAsItLies() throws Exception {
        BlobRef blob = fixture.blobs.put("uploads/churn.csv.gz", new byte[] {1, 2});
        handler.on(record(0, "churn", "{\"uri\":\"blob:uploads/churn.csv.gz\"}", Map.of("form", "reference")));
        handler.on(record(
                1,
                "churn",
                "{\"uri\":\"blob:uploads/churn.csv.gz\",\"sha256\":\"" + blob.sha256() + "\"}",
                Map.of("form", "reference")));

        assertThat(fixture.submitted()).hasSize(2).allSatisfy(e -> {
            assertThat(e.event().data()).isEqualTo(blob);
            assertThat(e.event().fileName()).isEqualTo("churn.csv.gz");
        });
    }

    @Test
    void whatCannotBeUsedIsRejectedWithARemedy() throws Exception {
        fixture.blobs.put("a.csv", new byte[] {1});
        Map<String, String> reference = Map.of("form", "reference");
        handler.on(record(0, "", "x", Map.of()));
        handler.on(record(1, "n", "x", Map.of("form", "pigeon")));
        handler.on(record(2, "n", "", Map.of()));
        handler.on(record(3, "n", "x", Map.of("trials", "none")));
        handler.on(record(4, "n", "x", Map.of("file-name", "n.xlsx")));
        handler.on(record(5, "n", "file:///etc/passwd", reference));
        handler.on(record(6, "n", "{\"uri\":\"file:///etc/passwd\"}", reference));
        handler.on(record(7, "n", "{\"uri\":\"blob:../../etc/passwd.csv\"}", reference));
        handler.on(record(8, "n", "{\"uri\":\"blob:gone.csv\"}", reference));
        handler.on(record(9, "n", "{\"uri\":\"blob:a.csv\",\"sha256\":\"" + "0".repeat(64) + "\"}", reference));

        assertThat(fixture.rejected())
                .extracting(DatasetRejected::problem)
                .containsExactly(
                        "no-name",
                        "unknown-form",
                        "empty-file",
                        "bad-settings",
                        "unknown-format",
                        "bad-reference",
                        "bad-reference",
                        "bad-reference",
                        "no-such-blob",
                        "other-content");
        assertThat(fixture.rejected()).allSatisfy(r -> assertThat(r.remedy()).isNotBlank());
        assertThat(fixture.submitted()).isEmpty();
    }

    private void chunk(long offset, String piece) throws IOException {
        handler.on(record(offset, "churn", piece, Map.of("form", "chunk")));
    }

    private void end(long offset, Map<String, String> more) throws IOException {
        Map<String, String> headers = new HashMap<>(more);
        headers.put("form", "end");
        handler.on(record(offset, "churn", "", headers));
    }

    private static RawRecord record(long offset, String key, String value, Map<String, String> headers) {
        return record(0, offset, Instant.EPOCH.plusSeconds(offset), key, value, headers);
    }

    private static RawRecord record(
            int partition, long offset, Instant time, String key, String value, Map<String, String> headers) {
        Map<String, byte[]> bytes = new HashMap<>();
        headers.forEach((k, v) -> bytes.put(k, v.getBytes(StandardCharsets.UTF_8)));
        return new RawRecord(
                IntakeService.TOPIC,
                partition,
                offset,
                time,
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                bytes);
    }
}
