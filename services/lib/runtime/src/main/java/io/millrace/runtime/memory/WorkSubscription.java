package io.millrace.runtime.memory;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.work.CancellableLease;
import io.millrace.runtime.work.Disposition;
import io.millrace.runtime.work.Job;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Slots that work a queue off, each on its own thread. */
final class WorkSubscription implements Subscription {
    private final EventLog log;
    private final WorkQueue queue;
    private final Job<?> job;
    private final Set<CancellableLease> leases = ConcurrentHashMap.newKeySet();
    private final Threads threads;
    private volatile boolean stopped;

    WorkSubscription(String name, EventLog log, WorkQueue queue, Job<?> job, int slots) {
        this.log = log;
        this.queue = queue;
        this.job = job;
        this.threads = Threads.start(name, slots, this::slot);
    }

    private void slot() throws InterruptedException {
        while (true) {
            Optional<WorkQueue.Delivery> taken = queue.take(() -> stopped);
            if (taken.isEmpty()) {
                return;
            }
            queue.settle(taken.get(), handle(taken.get()));
        }
    }

    private Disposition handle(WorkQueue.Delivery delivery) {
        Envelope<? extends Event> event;
        try {
            event = CloudEvents.decode(delivery.record());
        } catch (DecodingException e) {
            return Disposition.REJECT;
        }
        CancellableLease lease = new CancellableLease(delivery.count());
        leases.add(lease);
        if (stopped) {
            lease.stop();
        }
        try {
            return job.run(event, lease);
        } finally {
            leases.remove(lease);
        }
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
        leases.forEach(CancellableLease::stop);
    }

    @Override
    public void close() {
        stop();
        threads.join();
    }
}
