package io.millrace.runtime.trace;

import io.millrace.events.Event;
import io.millrace.events.TrialEvaluated;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import java.util.Optional;

/** Which trial an event is about. */
final class Trials {
    private Trials() {}

    /** Its name within the run, such as {@code t007}. */
    static Optional<String> of(Event event) {
        if (event instanceof TrialRequested requested) {
            return Optional.of(requested.trial());
        }
        if (event instanceof TrialTrained trained) {
            return Optional.of(trained.request().trial());
        }
        if (event instanceof TrialEvaluated evaluated) {
            return Optional.of(evaluated.trial());
        }
        return event instanceof TrialFailed failed ? Optional.of(failed.trial()) : Optional.empty();
    }
}
