package io.millrace.intake;

import io.millrace.intake.core.FileFacts;
import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.Housekeeping;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes data sets from the inbox folder and the bucket, where they are configured, and from the topic, where records are given. */
public final class IntakeService implements Service {
    /** Topic that any Kafka client can produce data sets to. */
    public static final String TOPIC = "millrace.dataset.dropped";

    private static final String GROUP = "millrace-intake";
    private static final String BUCKET_GROUP = "millrace-intake-bucket";
    private static final String RESULTS_GROUP = "millrace-intake-results";

    private static final Duration CLEARED = Duration.ofHours(1);
    private static final int LOOKS_PER_SETTLE = 4;

    private final IntakeConfig config;
    private final Platform platform;
    private final List<InboxLoop> loops = new ArrayList<>();
    private final List<Subscription> topics = new ArrayList<>();
    private Optional<S3Bucket> bucket = Optional.empty();
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
        config.inbox().ifPresent(folder -> watch(open(folder), submit, announcer));
        config.bucket().ifPresent(b -> watch(b, submit, announcer));
        Chunks chunks = new Chunks(platform.blobs());
        clearing = Optional.of(new Housekeeping("intake-clearing")
                .every(CLEARED, () -> chunks.forget(platform.clock().instant().minus(config.incomingKept()))));
        platform.records()
                .ifPresent(source -> topics.add(
                        source.subscribe(TOPIC, GROUP, new TakeDroppedRecord(platform.blobs(), submit, announcer))));
    }

    private void watch(Inbox inbox, SubmitDataset submit, Announcer announcer) {
        SubmitDroppedFile handler = new SubmitDroppedFile(inbox, submit, announcer);
        InboxLoop loop = new InboxLoop(inbox::list, new InboxWatch(config.settle()), handler::submit, platform.clock());
        loops.add(loop);
        loop.start(config.settle().dividedBy(LOOKS_PER_SETTLE));
    }

    private void watch(BucketConfig where, SubmitDataset submit, Announcer announcer) {
        S3Bucket opened = S3Bucket.open(where.location(), where.access());
        bucket = Optional.of(opened);
        BucketInbox inbox = new BucketInbox(opened);
        BucketResults results = new BucketResults(opened, platform.blobs(), platform.scratch());
        topics.add(platform.bus().follow(RESULTS_GROUP, BucketResults.ENDS, results));
        SubmitDroppedObject handler =
                new SubmitDroppedObject(inbox, new BucketClaims(opened, platform.clock()), results, submit, announcer);
        // An object is whole as soon as it is seen.
        InboxLoop loop = new InboxLoop(
                inbox::list,
                new InboxWatch(Duration.ZERO),
                drop -> handler.submit(drop.data().name(), drop.side().map(FileFacts::name), drop.sideStays()),
                platform.clock());
        loops.add(loop);
        loop.start(where.every());
        where.events().ifPresent(events -> platform.records()
                .ifPresent(source ->
                        topics.add(source.subscribe(events, BUCKET_GROUP, new TakeBucketEvent(opened, loop)))));
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
        return loops.stream().allMatch(InboxLoop::healthy) && topics.stream().allMatch(Subscription::ready);
    }

    @Override
    public void close() {
        Subscription.closeAll(topics);
        loops.forEach(InboxLoop::close);
        bucket.ifPresent(S3Bucket::close);
        clearing.ifPresent(Housekeeping::close);
    }
}
