package io.millrace.rangetester;

import io.millrace.runtime.ServiceMain;

/** Starts the range-tester as a process of its own. */
public final class RangeTesterMain {
    private RangeTesterMain() {}

    public static void main(String[] args) {
        ServiceMain.run("range-tester", RangeTesterConfig::from, RangeTesterService::new);
    }
}
