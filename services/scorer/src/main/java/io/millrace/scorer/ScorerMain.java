package io.millrace.scorer;

import io.millrace.runtime.ServiceMain;

/** Starts the scorer as a process of its own. */
public final class ScorerMain {
    private ScorerMain() {}

    public static void main(String[] args) {
        ServiceMain.run("scorer", ScorerConfig::from, ScorerService::new);
    }
}
