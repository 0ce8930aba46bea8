package io.millrace.intake;

import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.Housekeeping;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Takes data sets from the inbox folder, where one is configured, and from the topic, where records are given. */
public final class IntakeService implements Service {
    /** Topic that any Kafka client can produce data sets to. */
    public static final String TOPIC = "millrace.dataset.dropped";

    private static final String GROUP = "millrace-intake";

    private static final Duration CLEARED = Duration.ofHours(1);

    private final IntakeConfig config;
    private final Platform platform;
    private Optional<InboxLoop> inbox = Optional.empty();
    private Optional<Subscription> topic = Optional.empty();
    private Optional<Housekeeping> clearing = Optional.empty();

    public IntakeService(IntakeConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public void start() {
        Announcer announcer = new Announcer(platform.bus(), platform.clock(), platform.metrics());
        SubmitDataset submit =
                new SubmitDataset(platform.blobs(), platform.clock(), platform.scratch(), Announcer.SOURCE);
        inbox = config.inbox().map(folder -> {
            Inbox opened = open(folder);
            SubmitDroppedFile handler = new SubmitDroppedFile(opened, submit, announcer);
            return new InboxLoop(opened, new InboxWatch(config.settle()), handler, platform.clock());
        });
        inbox.ifPresent(loop -> loop.start(config.settle()));
        Chunks chunks = new Chunks(platform.blobs());
        clearing = Optional.of(new Housekeeping("intake-clearing")
                .every(CLEARED, () -> chunks.forget(platform.clock().instant().minus(config.incomingKept()))));
        topic = platform.records()
                .map(source ->
                        source.subscribe(TOPIC, GROUP, new TakeDroppedRecord(platform.blobs(), submit, announcer)));
    }

    private static Inbox open(Path folder) {
        try {
            return Inbox.open(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the inbox " + folder + " cannot be used: " + e.getMessage() + "; check MILLRACE_INTAKE_INBOX", e);
        }
    }

    @Override
    public boolean ready() {
        return inbox.stream().allMatch(InboxLoop::healthy) && topic.stream().allMatch(Subscription::ready);
    }

    @Override
    public void close() {
        inbox.ifPresent(InboxLoop::close);
        topic.ifPresent(Subscription::close);
        clearing.ifPresent(Housekeeping::close);
    }
}
