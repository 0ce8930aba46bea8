package io.millrace.runtime.kafka;

import io.millrace.runtime.Subscription;

/** A subscription whose end is begun and awaited apart, so that many can end at once. */
interface StoppableSubscription extends Subscription {
    /** Takes no more events and tells running handlers; returns at once. */
    void stop();

    /** Returns when everything has ended, or when the time for it is over. */
    void await();

    @Override
    default void close() {
        stop();
        await();
    }
}
