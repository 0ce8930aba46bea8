package io.millrace.runtime.memory;

import io.millrace.runtime.codec.WireEvent;
import java.util.ArrayList;
import java.util.List;

/** Every record that was published, in one order. Its monitor is the one lock of the bus; positions count from 0. */
final class EventLog {
    private final List<WireEvent> records = new ArrayList<>();

    synchronized void append(List<WireEvent> published) {
        records.addAll(published);
        notifyAll();
    }

    synchronized int end() {
        return records.size();
    }

    synchronized WireEvent at(int position) {
        return records.get(position);
    }
}
