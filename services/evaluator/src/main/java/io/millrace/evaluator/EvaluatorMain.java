package io.millrace.evaluator;

import io.millrace.runtime.ServiceMain;

/** Starts the evaluator as a process of its own. */
public final class EvaluatorMain {
    private EvaluatorMain() {}

    public static void main(String[] args) {
        ServiceMain.run("evaluator", EvaluatorConfig::from, EvaluatorService::new);
    }
}
