package io.millrace.trainer;

import io.millrace.runtime.ServiceMain;

/** Runs the trainer as a process of its own. */
public final class TrainerMain {
    private TrainerMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run("trainer", TrainerConfig::from, TrainerService::new);
    }
}
