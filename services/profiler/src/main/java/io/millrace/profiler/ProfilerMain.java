package io.millrace.profiler;

import io.millrace.runtime.ServiceMain;

/** Runs the profiler as a process of its own. */
public final class ProfilerMain {
    private ProfilerMain() {}

    public static void main(String[] args) {
        ServiceMain.run("profiler", ProfilerConfig::from, ProfilerService::new);
    }
}
