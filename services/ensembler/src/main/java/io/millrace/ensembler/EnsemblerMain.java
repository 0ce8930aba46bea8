package io.millrace.ensembler;

import io.millrace.runtime.ServiceMain;

/** Starts the ensembler as a process of its own. */
public final class EnsemblerMain {
    private EnsemblerMain() {}

    public static void main(String[] args) {
        ServiceMain.run("ensembler", EnsemblerConfig::from, EnsemblerService::new);
    }
}
