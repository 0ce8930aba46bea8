package io.millrace.runtime.memory;

import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.work.Disposition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The share group of one topic: who holds what, what waits for another try, what is dead. */
final class WorkQueue {
    private final EventLog log;
    private final String topic;
    private final Deque<Delivery> returned = new ArrayDeque<>();
    private final List<WireEvent> dead = new CopyOnWriteArrayList<>();
    private int next;

    WorkQueue(EventLog log, String topic) {
        this.log = log;
        this.topic = topic;
    }

    /** A record in somebody's hands, for the so-manieth time. */
    record Delivery(WireEvent record, int count) {}

    /** Waits for a record to work on; empty when stopped. */
    Optional<Delivery> take(BooleanSupplier stopped) throws InterruptedException {
        synchronized (log) {
            while (!stopped.getAsBoolean()) {
                Delivery again = returned.poll();
                if (again != null) {
                    return Optional.of(new Delivery(again.record(), again.count() + 1));
                }
                while (next < log.end()) {
                    WireEvent record = log.at(next++);
                    if (record.topic().equals(topic)) {
                        return Optional.of(new Delivery(record, 1));
                    }
                }
                log.wait();
            }
            return Optional.empty();
        }
    }

    void settle(Delivery delivery, Disposition disposition) {
        synchronized (log) {
            switch (disposition) {
                case ACCEPT -> {}
                case RELEASE -> returned.add(delivery);
                case REJECT -> dead.add(delivery.record());
            }
            log.notifyAll();
        }
    }

    List<WireEvent> dead() {
        return List.copyOf(dead);
    }
}
