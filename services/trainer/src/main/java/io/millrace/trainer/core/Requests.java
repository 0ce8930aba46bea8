package io.millrace.trainer.core;

import io.millrace.configuration.Bagging;
import io.millrace.events.FailureKind;
import io.millrace.events.TrialFailed;
import io.millrace.events.TrialRequested;
import io.millrace.modelling.trial.TrialSpec;

/** What follows from a request. */
public final class Requests {
    private static final int LONGEST_MESSAGE = 1000;

    private Requests() {}

    /** The trial to train. */
    public static TrialSpec spec(TrialRequested request) {
        return new TrialSpec(
                request.configuration(),
                request.learningRate(),
                request.folds(),
                request.rowLimit(),
                request.bagging().or(request.configuration()::bagging).orElse(Bagging.none()),
                request.metric(),
                request.seed(),
                request.stopRule(),
                request.pauseAfter());
    }

    /** Work id of everything that answers the request. */
    public static String subject(TrialRequested request) {
        return request.trial() + "/" + request.rung();
    }

    /** The trial ended in a failure of the model or of its training. */
    public static TrialFailed failed(TrialRequested request, Throwable cause) {
        FailureKind kind = cause instanceof OutOfMemoryError ? FailureKind.RESOURCE : FailureKind.BUG;
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String advice = kind == FailureKind.RESOURCE
                ? "; give the trainer more memory or fewer slots (MILLRACE_TRAINER_SLOTS)"
                : "";
        return failed(request, kind, "training " + request.configuration().family() + " failed: " + text + advice);
    }

    /** The time was over before there was anything to show. */
    public static TrialFailed late(TrialRequested request) {
        return failed(request, FailureKind.TIMEOUT, "the deadline passed before a fold was trained");
    }

    private static TrialFailed failed(TrialRequested request, FailureKind kind, String message) {
        String shown = message.substring(0, Math.min(LONGEST_MESSAGE, message.length()));
        return new TrialFailed(request.trial(), request.number(), request.rung(), kind, shown);
    }
}
