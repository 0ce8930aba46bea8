package io.millrace.events;

import java.util.Map;

/**
 * What a trial's evidence says.
 *
 * @param verdict the problem found
 * @param confidence 0 to 1
 * @param evidence the numbers it rests on, by name
 * @param explanation the same as a sentence
 */
public record Diagnosis(Verdict verdict, double confidence, Map<String, Double> evidence, String explanation) {
    public Diagnosis {
        evidence = Map.copyOf(evidence);
    }
}
