package io.millrace.runtime;

import io.millrace.events.BlobRef;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.RunSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Events for tests. */
public final class SampleEvents {
    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private SampleEvents() {}

    public static DatasetSubmitted submitted(String name) {
        return new DatasetSubmitted(
                name,
                name + ".csv",
                new BlobRef("blob:inbox/" + name, "ab".repeat(32), 12),
                RunSettings.ofBudget(Duration.ofSeconds(60)),
                NOON);
    }

    public static DatasetRejected rejected(String name) {
        return new DatasetRejected(name, "no-rows", "the file has no rows", "send one that has some");
    }

    public static <E extends Event> Envelope<E> envelope(String runId, String subject, E event) {
        return new Envelope<>(
                UUID.randomUUID().toString(),
                subject,
                runId,
                Optional.empty(),
                Optional.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                "/millrace/test",
                NOON,
                event);
    }
}
