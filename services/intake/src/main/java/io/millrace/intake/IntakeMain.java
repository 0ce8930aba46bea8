package io.millrace.intake;

import io.millrace.runtime.ServiceMain;

/** Intake as a process of its own. */
public final class IntakeMain {
    private IntakeMain() {}

    public static void main(String[] args) {
        ServiceMain.run("intake", IntakeConfig::from, IntakeService::new);
    }
}
