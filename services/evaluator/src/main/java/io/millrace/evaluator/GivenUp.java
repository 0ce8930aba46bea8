package io.millrace.evaluator;

import io.millrace.events.EnsembleBuilt;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import java.util.List;

/** What is published when an event could not be handled in any try: nothing may wait for it. */
final class GivenUp {
    private GivenUp() {}

    static List<Emission> trial(Envelope<TrialTrained> input, Exception failure) {
        TrialRequested request = input.event().request();
        String message = "the trained trial could not be scored: " + failure.getMessage();
        return List.of(new Emission(
                input.subject(),
                new TrialFailed(request.trial(), request.number(), request.rung(), kind(failure), message)));
    }

    static List<Emission> model(Envelope<EnsembleBuilt> input, Exception failure) {
        String message = "the ensemble was built but could not be published: " + failure.getMessage()
                + ". Its archive is " + input.event().model().uri();
        return List.of(new Emission(
                input.subject(), new RunFailed(input.event().search().name(), "evaluator", kind(failure), message)));
    }

    private static FailureKind kind(Exception failure) {
        return failure instanceof EventHandlingException e && e.kind() == EventHandlingException.Kind.RETRYABLE
                ? FailureKind.RESOURCE
                : FailureKind.BUG;
    }
}
