package io.millrace.modelling.diagnosis;

import io.millrace.events.Diagnosis;
import io.millrace.events.Verdict;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells which of the three problems a trial has. The strongest symptom at or above its threshold decides; a trial
 * without one is healthy. Thresholds and their reasons stand in {@link Symptom}.
 */
public final class DiagnoseTrial {
    private DiagnoseTrial() {}

    /**
     * Judges a trial. Confidence is s / (1 + s) for a problem of strength s (a half at the threshold, 0.8 at four
     * times it), and for a healthy trial 1 / (1 + s) of the strongest symptom that it does not quite have.
     */
    public static Diagnosis diagnose(TrialEvidence evidence) {
        Findings findings = Findings.of(evidence);
        Optional<Symptom> strongest = Symptom.ALL.stream()
                .filter(s -> Double.isFinite(s.strength().applyAsDouble(findings)))
                .max(Comparator.comparingDouble(s -> s.strength().applyAsDouble(findings)));
        double strength = Math.max(
                0, strongest.map(s -> s.strength().applyAsDouble(findings)).orElse(0.0));
        if (strength < 1) {
            return new Diagnosis(Verdict.HEALTHY, 1 / (1 + strength), findings.byName(), healthy(findings));
        }
        Symptom symptom = strongest.orElseThrow();
        return new Diagnosis(
                symptom.verdict(),
                strength / (1 + strength),
                findings.byName(),
                capitalised(symptom.sentence().apply(findings)) + '.');
    }

    private static String healthy(Findings findings) {
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
