package io.millrace.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.memory.InMemoryBlobStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OldPredictionsTest {
    private final BlobStore blobs = new InMemoryBlobStore();

    @Test
    void thoseOfDaysBeforeAreForgottenWithTheirOutcomes() {
        String old = OldPredictions.prefix(Instant.parse("2026-11-20T23:59:59Z"), "event-1") + "a.csv";
        String young = OldPredictions.prefix(Instant.parse("2026-11-21T00:00:00Z"), "event-2") + "b.csv";
        blobs.put(old, new byte[1]);
        blobs.put(young, new byte[1]);
        blobs.put("predictions/0-no-day/event-3/c.csv", new byte[1]);
        blobs.put("results/millrace-scorer/event-1.json", new byte[1]);
        blobs.put("results/millrace-scorer/event-2.json", new byte[1]);

        new OldPredictions(blobs).forgetBefore(Instant.parse("2026-11-21T12:00:00Z"));

        assertThat(blobs.list(""))
                .containsExactly("predictions/0-no-day/event-3/c.csv", young, "results/millrace-scorer/event-2.json");
    }
}
