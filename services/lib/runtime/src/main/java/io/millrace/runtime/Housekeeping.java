package io.millrace.runtime;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chores done again and again, one at a time on a thread of their own, whether or not they went well the last time. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final ScheduledExecutorService thread;

    /** @param name of the thread */
    public Housekeeping(String name) {
        this.name = name;
        this.thread = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread chores = new Thread(run, name);
            chores.setDaemon(true);
            return chores;
        });
    }

    /** Does a chore for the first time after the pause, and then after each pause again. */
    public Housekeeping every(Duration pause, Runnable chore) {
        var unused = thread.scheduleWithFixedDelay(
                () -> surviving(chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** What a chore throws would end the schedule. After the end it is no news: closing breaks a chore off. */
    private void surviving(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException | Error e) {
            if (thread.isShutdown()) {
                LOG.debug("{} was broken off: {}", name, e.toString());
            } else {
                LOG.warn("{} failed and is tried again: {}", name, e.toString(), e);
            }
        }
    }

    /** Lets a chore that is under way end, within five seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
