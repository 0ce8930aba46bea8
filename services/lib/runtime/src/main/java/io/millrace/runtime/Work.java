package io.millrace.runtime;

/** A handler's view of the job it holds. The runtime renews the lease; the handler only asks whether to go on. */
public interface Work {
    /** Whether the lease was lost or the service stops: the handler should return or throw soon. */
    boolean cancelled();

    /**
     * Whether it is cancelled because the service stops, and the lease is still kept: what the handler leaves for the next one within
     * {@code MILLRACE_DRAIN} is of use.
     */
    default boolean stopping() {
        return false;
    }

    /** Deliveries of this record so far as the broker counts them, from 1; a broker restart resets the count. */
    int delivery();

    /** Has something done where the record is given back while the handler still runs. May be done at the same time as the handler ends. */
    default void onGivenBack(Runnable action) {}
}
