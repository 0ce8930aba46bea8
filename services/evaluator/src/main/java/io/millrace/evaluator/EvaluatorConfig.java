package io.millrace.evaluator;

import io.millrace.runtime.Environment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of the evaluator.
 *
 * @param slots trials scored at once
 * @param signingKey file of the key that signs models; without one they are not signed
 */
public record EvaluatorConfig(int slots, Optional<Path> signingKey) {
    private static final int MOST_SLOTS = 64;

    /**
     * Reads {@code MILLRACE_EVALUATOR_SLOTS}, by default one, since scoring a trial takes milliseconds, and
     * {@code MILLRACE_SIGNING_KEY}.
     */
    public static EvaluatorConfig from(Environment env) {
        return new EvaluatorConfig(
                env.count("MILLRACE_EVALUATOR_SLOTS", 1, 1, MOST_SLOTS),
                env.optional("MILLRACE_SIGNING_KEY").map(Path::of));
    }
}
