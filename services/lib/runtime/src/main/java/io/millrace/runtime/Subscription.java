package io.millrace.runtime;

import java.util.Collection;

/** A running subscription. Closing takes no more events, lets running handlers end within a deadline, and gives the rest back. */
public interface Subscription extends AutoCloseable {
    /** Whether it has joined its group and is taking events. */
    boolean ready();

    /** Takes no more events and tells running handlers; returns at once. */
    void stop();

    /** Stops and waits for the end, within a deadline that began with the first {@link #stop}. */
    @Override
    void close();

    /** Closes all of them within the one deadline: what runs in the last is told as soon as what runs in the first. */
    static void closeAll(Collection<? extends Subscription> subscriptions) {
        subscriptions.forEach(Subscription::stop);
        subscriptions.forEach(Subscription::close);
    }
}
