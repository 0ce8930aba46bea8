package io.millrace.runtime.memory;

import io.millrace.runtime.codec.WireEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** How far a group has followed the log. */
final class Position {
    /** Held by the member that takes a record. */
    final ReentrantLock turn = new ReentrantLock(true);

    final List<WireEvent> dead = new CopyOnWriteArrayList<>();
    final AtomicInteger next;

    Position(int next) {
        this.next = new AtomicInteger(next);
    }
}
