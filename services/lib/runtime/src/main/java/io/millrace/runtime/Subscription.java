package io.millrace.runtime;

/** A running subscription. Closing takes no more events, lets running handlers end within a deadline, and gives the rest back. */
public interface Subscription extends AutoCloseable {
    /** Whether it has joined its group and is taking events. */
    boolean ready();

    @Override
    void close();
}
