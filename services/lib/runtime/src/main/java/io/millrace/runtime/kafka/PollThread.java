package io.millrace.runtime.kafka;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that uses a Kafka client, and the signal that ends it at once. */
final class PollThread {
    /** Records that arrive end the wait, and so does the signal; in between a client has no need to come round. */
    static final Duration POLL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PollThread.class);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final Runnable wakeUp;

    /** @param wakeUp ends a poll that is under way; called from the thread that stops this one */
    PollThread(String name, Runnable loop, Runnable wakeUp) {
        this.wakeUp = wakeUp;
        thread = new Thread(loop, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopped.countDown();
        wakeUp.run();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Waits, but not longer than until it is stopped. */
    void pause(Duration length) {
        try {
            if (stopped.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /** Stops it and waits for its end, for so long and no longer. */
    void close(Duration limit) {
        stop();
        if (!awaitEnd(limit)) {
            LOG.error("{} did not end in time", thread.getName());
        }
    }

    /** Whether the thread ended within a time. */
    boolean awaitEnd(Duration limit) {
        try {
            thread.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
