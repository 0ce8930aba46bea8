package io.millrace.intake;

import io.millrace.intake.core.Drop;
import io.millrace.intake.core.FileFacts;
import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.EventHandlingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into an inbox, folder or bucket, again and again, on one thread. */
final class InboxLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxLoop.class);
    private static final long CLOSE_SECONDS = 30;

    private final Listing listing;
    private final InboxWatch watch;
    private final Submission submission;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    /** Names of drops that ended a look. */
    private final Set<String> troubled = new HashSet<>();

    private volatile boolean healthy;
    private volatile Future<?> rounds = CompletableFuture.completedFuture(null);
    private String trouble = "";

    /** What lies in the inbox now. */
    @FunctionalInterface
    interface Listing {
        List<FileFacts> list() throws IOException;
    }

    /** Deals with a drop; false when it changed meanwhile and has to settle again. */
    @FunctionalInterface
    interface Submission {
        boolean submit(Drop drop) throws IOException;
    }

    InboxLoop(Listing listing, InboxWatch watch, Submission submission, Clock clock) {
        this.listing = listing;
        this.watch = watch;
        this.submission = submission;
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "inbox"));
    }

    /** Begins to look, with this pause after each look. */
    void start(Duration pause) {
        rounds = thread.scheduleWithFixedDelay(this::round, 0, Math.max(1, pause.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Whether it looks, and the last look went well. */
    boolean healthy() {
        return healthy && !rounds.isDone();
    }

    private void round() {
        try {
            look();
            healthy = true;
            trouble = "";
        } catch (IOException | UncheckedIOException | EventHandlingException e) {
            // What stays in the folder is tried again. The same trouble is told once.
            healthy = false;
            String message = String.valueOf(e.getMessage());
            if (!message.equals(trouble)) {
                LOG.warn("the inbox waits: {}", message, e);
            }
            trouble = message;
        } catch (RuntimeException | Error e) { // an Error would end the looks without a word
            healthy = false;
            LOG.error("the inbox met a bug", e);
        }
    }

    /**
     * One look: every file that is whole is dealt with. One that fails does not hold up the others: one that cannot be read is
     * passed over; at any other failure the look ends, for all may have it in common, and the next begins with the others.
     * May be called beside the rounds.
     */
    synchronized void look() throws IOException {
        IOException failed = null;
        for (Drop drop : othersFirst(watch.observe(clock.instant(), listing.list()))) {
            String name = drop.data().name();
            try {
                if (!submission.submit(drop)) {
                    watch.forget(name);
                }
                troubled.remove(name);
            } catch (IOException e) {
                watch.forget(name);
                failed = e;
            } catch (RuntimeException e) {
                troubled.add(name);
                throw e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private List<Drop> othersFirst(List<Drop> drops) {
        troubled.retainAll(drops.stream().map(drop -> drop.data().name()).toList());
        return drops.stream()
                .sorted(Comparator.comparing(
                        drop -> troubled.contains(drop.data().name())))
                .toList();
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
