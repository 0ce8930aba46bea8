package io.millrace.runtime.memory;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.work.CancellableLease;
import io.millrace.runtime.work.Disposition;
import io.millrace.runtime.work.Job;
import java.util.Set;
import java.util.stream.Collectors;

/** One member of a group that follows the log; members of a group take turns, so that each run has one at a time. */
final class FollowSubscription implements Subscription {
    private final EventLog log;
    private final Position position;
    private final Set<String> topics;
    private final Job<Event> job;
    private final Threads threads;
    private volatile CancellableLease lease = new CancellableLease(1);
    private volatile boolean stopped;

    FollowSubscription(String name, EventLog log, Position position, Set<EventType> types, Job<Event> job) {
        this.log = log;
        this.position = position;
        this.topics = types.stream().map(EventType::topic).collect(Collectors.toUnmodifiableSet());
        this.job = job;
        this.threads = Threads.start(name, 1, this::follow);
    }

    private void follow() throws InterruptedException {
        while (awaitRecord()) {
            position.turn.lockInterruptibly();
            try {
                if (position.next.get() < log.end() && !stopped && take(log.at(position.next.get()))) {
                    position.next.incrementAndGet();
                }
            } finally {
                position.turn.unlock();
            }
        }
    }

    private boolean awaitRecord() throws InterruptedException {
        synchronized (log) {
            while (!stopped && position.next.get() >= log.end()) {
                log.wait();
            }
            return !stopped;
        }
    }

    private boolean take(WireEvent record) {
        if (!topics.contains(record.topic())) {
            return true;
        }
        Disposition disposition = handle(record);
        if (disposition == Disposition.REJECT) {
            synchronized (log) {
                position.dead.add(record);
                log.notifyAll();
            }
        }
        lease = new CancellableLease(disposition == Disposition.RELEASE ? lease.delivery() + 1 : 1);
        return disposition != Disposition.RELEASE;
    }

    private Disposition handle(WireEvent record) {
        Envelope<? extends Event> event;
        try {
            event = CloudEvents.decode(record);
        } catch (DecodingException e) {
            return Disposition.REJECT;
        }
        CancellableLease held = lease;
        if (stopped) {
            held.stop();
        }
        return job.run(event, held);
    }

    @Override
    public boolean ready() {
        return !stopped;
    }

    @Override
    public void stop() {
        synchronized (log) {
            stopped = true;
            log.notifyAll();
        }
        lease.stop();
    }

    @Override
    public void close() {
        stop();
        threads.join();
    }
}
