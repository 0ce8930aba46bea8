package io.millrace.evaluator;

import io.millrace.runtime.Environment;

/**
 * Settings of the evaluator.
 *
 * @param slots trials scored at once
 */
public record EvaluatorConfig(int slots) {
    private static final int MOST_SLOTS = 64;

    /** Reads {@code MILLRACE_EVALUATOR_SLOTS}; by default one, since scoring a trial takes milliseconds. */
    public static EvaluatorConfig from(Environment env) {
        return new EvaluatorConfig(env.count("MILLRACE_EVALUATOR_SLOTS", 1, 1, MOST_SLOTS));
    }
}
