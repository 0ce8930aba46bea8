package io.millrace.rangetester;

import io.millrace.events.RangeTestRequested;
import io.millrace.runtime.Envelope;

/** Where curves lie. */
final class CurveBlobs {
    private CurveBlobs() {}

    /** One key per request, so that a redelivery overwrites its own curve. */
    static String key(Envelope<RangeTestRequested> input) {
        return "runs/" + input.runId() + "/range-tests/" + input.id() + ".json";
    }
}
