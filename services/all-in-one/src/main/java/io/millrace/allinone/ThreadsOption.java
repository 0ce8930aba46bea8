package io.millrace.allinone;

import io.millrace.runtime.Environment;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How much of the machine training may take; hands the {@code MILLRACE_*} variables on to the services. */
final class ThreadsOption {
    static final String SLOTS = "MILLRACE_TRAINER_SLOTS";

    private static final Set<String> OF_THE_COMMAND_LINE = Set.of("MILLRACE_JAVA_OPTS", "MILLRACE_SKIP_BUILD");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Trials at once, one thread each (default: " + SLOTS + ", or one per processor).")
    Integer threads;

    /** The process's own {@code MILLRACE_*} variables for services, with what the option says. */
    Map<String, String> variables() {
        return variables(System.getenv());
    }

    /** The same of other variables. */
    Map<String, String> variables(Map<String, String> given) {
        Map<String, String> variables = new TreeMap<>();
        given.forEach((key, value) -> {
            if (key.startsWith("MILLRACE_") && !OF_THE_COMMAND_LINE.contains(key)) {
                variables.put(key, value);
            }
        });
        if (threads != null) {
            if (threads < 1) {
                throw new IllegalArgumentException("--threads is " + threads + ", expected 1 or more");
            }
            variables.put(SLOTS, threads.toString());
        }
        // A number that cannot be used is told by the trainer, with whatever else is wrong.
        int slots = new Environment(variables)
                .count(SLOTS, Runtime.getRuntime().availableProcessors(), 1, Integer.MAX_VALUE);
        // Enough is under way that no slot waits for the planner.
        variables.putIfAbsent("MILLRACE_PLANNER_WINDOW", Integer.toString(Math.max(4, 2 * slots)));
        return variables;
    }
}
