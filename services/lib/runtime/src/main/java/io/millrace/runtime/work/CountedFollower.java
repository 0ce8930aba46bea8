package io.millrace.runtime.work;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;

/**
 * A follower with as many tries per event as a worker has, and measured. The failure of the last one comes as a
 * {@link LastTryFailedException}.
 */
final class CountedFollower implements EventFollower {
    private final EventFollower follower;
    private final EventMetrics metrics;
    private final String service;
    private final Tries tries;

    CountedFollower(EventFollower follower, EventMetrics metrics, String service, int attempts) {
        this.follower = follower;
        this.metrics = metrics;
        this.service = service;
        this.tries = new Tries(attempts);
    }

    @Override
    public void on(Envelope<? extends Event> event) throws Exception {
        String type = event.type().eventName();
        metrics.in.labelValues(service, type).inc();
        try {
            follower.on(event);
            tries.succeeded(event.id());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            metrics.failed.labelValues(service, type).inc();
            Exception failure = asException(e);
            if (tries.usedUp(event.id(), failure)) {
                throw new LastTryFailedException(failure);
            }
            throw failure;
        }
    }

    /** An Error, such as a stack overflow, would end the thread that takes the events, and everything after this one would wait. */
    private static Exception asException(Throwable thrown) {
        return thrown instanceof Exception failure
                ? failure
                : new IllegalStateException("the follower broke: " + thrown, thrown);
    }
}
