package io.millrace.runtime;

/** A service as the runtime sees it: constructed with its config and a {@link Platform}, then started, then closed. */
public interface Service extends AutoCloseable {
    /** Subscribes and returns. */
    void start();

    /** Whether all its subscriptions take events and its stores answer. */
    boolean ready();

    /** Stops taking, lets running work end within a deadline, gives the rest back. */
    @Override
    void close();
}
