package io.millrace.runtime.work;

import io.millrace.runtime.Work;
import java.time.Duration;

/** The hold that a worker has on a record, as the side that keeps it gives it to {@link Job}. */
public interface Lease extends Work {
    /** Waits while the lease is kept; ends early when it is cancelled. */
    void pause(Duration length);

    /** Hears why the record is to be rejected, where it is not the broker who writes the dead letter. */
    default void givenUp(Exception cause) {}
}
