package io.millrace.modelling.diagnosis;

import io.millrace.events.Diagnosis;
import io.millrace.events.Verdict;
import io.millrace.modelling.learn.LearningCurve;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells which problem a trial has. The problems are asked for in an order in which each presupposes that those before it
 * were not found: only what fits can fail to carry over, a model can only be blamed where the rows suffice, and folds differ for
 * any of these reasons. Thresholds and their reasons stand in {@link Symptom}.
 */
public final class DiagnoseTrial {
    private static final List<Verdict> ORDER =
            List.of(Verdict.OPTIMIZATION, Verdict.DATA_LIMITED, Verdict.GENERALIZATION, Verdict.VARIANCE);

    private static final String STOPPED =
            "Not judged: the training was stopped because other trials were better at the same point.";

    private static final String PAUSED =
            "Not judged: the training paused, and other trials of its family went on in its place.";

    private DiagnoseTrial() {}

    /**
     * Judges a trial. Confidence is s / (1 + s) for a problem whose strongest symptom has strength s (a half at the
     * threshold, 0.8 at four times it), and for a healthy trial 1 / (1 + s) of the strongest symptom that it does not
     * quite have. A trial that a rule stopped or that paused is not judged: healthy with a confidence of 0.
     */
    public static Diagnosis diagnose(TrialEvidence evidence) {
        Findings findings = Findings.of(evidence);
        boolean paused = evidence.curves().stream().anyMatch(LearningCurve::paused);
        if (evidence.curves().stream().anyMatch(LearningCurve::endedEarly)) {
            // Nearly every symptom shows at the end of a training, which this one did not come to.
            return new Diagnosis(Verdict.HEALTHY, 0, findings.byName(), paused ? PAUSED : STOPPED);
        }
        return ORDER.stream()
                .flatMap(verdict -> strongest(findings, verdict).stream())
                .filter(symptom -> symptom.strengthIn(findings) >= 1)
                .findFirst()
                .map(symptom -> ill(findings, symptom))
                .orElseGet(() -> healthy(findings));
    }

    private static Optional<Symptom> strongest(Findings findings, Verdict verdict) {
        return Symptom.ALL.stream()
                .filter(s -> s.verdict() == verdict)
                .max(Comparator.comparingDouble(s -> s.strengthIn(findings)));
    }

    private static Diagnosis ill(Findings findings, Symptom symptom) {
        double strength = symptom.strengthIn(findings);
        return new Diagnosis(
                symptom.verdict(),
                strength / (1 + strength),
                findings.byName(),
                capitalised(symptom.sentence().apply(findings)) + '.');
    }

    private static Diagnosis healthy(Findings findings) {
        double strength = Symptom.ALL.stream()
                .mapToDouble(s -> s.strengthIn(findings))
                .max()
                .orElse(0);
        return new Diagnosis(Verdict.HEALTHY, 1 / (1 + Math.max(0, strength)), findings.byName(), agreement(findings));
    }

    private static String agreement(Findings findings) {
        return Double.isNaN(findings.training())
                ? "No learning curve, and the folds agree."
                : String.format(
                        Locale.ROOT,
                        "Training ended, validation followed it (%.0f and %.0f %% of the dummy's loss), and the folds"
                                + " agree.",
                        100 * findings.training(),
                        100 * findings.validation());
    }

    private static String capitalised(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
