package io.millrace.runtime.memory;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.WireEvent;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One member of a group that follows the log; members of a group take turns, so that each run has one at a time. */
final class FollowSubscription implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(FollowSubscription.class);
    private static final long PAUSE_MILLIS = 20;

    private final EventLog log;
    private final Position position;
    private final Set<String> topics;
    private final EventFollower follower;
    private final Threads threads;
    private final CountDownLatch stopped = new CountDownLatch(1);

    FollowSubscription(String name, EventLog log, Position position, Set<EventType> types, EventFollower follower) {
        this.log = log;
        this.position = position;
        this.topics = types.stream().map(EventType::topic).collect(Collectors.toUnmodifiableSet());
        this.follower = follower;
        this.threads = Threads.start(name, 1, this::follow);
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void follow() throws InterruptedException {
        while (awaitRecord()) {
            position.turn.lockInterruptibly();
            try {
                if (position.next.get() < log.end() && !isStopped() && take(log.at(position.next.get()))) {
                    position.next.incrementAndGet();
                }
            } finally {
                position.turn.unlock();
            }
        }
    }

    private boolean awaitRecord() throws InterruptedException {
        synchronized (log) {
            while (!isStopped() && position.next.get() >= log.end()) {
                log.wait();
            }
            return !isStopped();
        }
    }

    private boolean take(WireEvent record) throws InterruptedException {
        if (!topics.contains(record.topic())) {
            return true;
        }
        try {
            Envelope<? extends Event> event = CloudEvents.decode(record);
            follower.on(event);
            return true;
        } catch (DecodingException e) {
            synchronized (log) {
                position.dead.add(record);
                log.notifyAll();
            }
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("a follower failed on a record of {}; it comes again", record.topic(), e);
            pause();
            return false;
        }
    }

    private void pause() throws InterruptedException {
        if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("stopped while waiting for another try");
        }
    }

    @Override
    public boolean ready() {
        return !isStopped();
    }

    @Override
    public void stop() {
        synchronized (log) {
            stopped.countDown();
            log.notifyAll();
        }
    }

    @Override
    public void close() {
        stop();
        threads.join();
    }
}
