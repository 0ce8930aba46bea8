package io.millrace.planner;

import io.millrace.runtime.ServiceMain;

/** Runs the planner as a process of its own. */
public final class PlannerMain {
    private PlannerMain() {}

    public static void main(String[] args) {
        ServiceMain.run("planner", PlannerConfig::from, PlannerService::new);
    }
}
