package io.millrace.allinone.progress;

import io.millrace.events.Event;
import java.time.Instant;

/** Shows a run while it goes on. */
public interface ProgressDisplay {
    /** An event came; {@code progress} includes it. */
    void onEvent(Event event, RunProgress progress, Instant now);

    /** A fraction of a second has passed. */
    void onTick(RunProgress progress, Instant now);

    /** The run is over; whatever is drawn in place is cleared. */
    void end();
}
