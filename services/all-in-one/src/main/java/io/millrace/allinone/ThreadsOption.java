package io.millrace.allinone;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How much of the machine training may take; hands the {@code MILLRACE_*} variables on to the services. */
final class ThreadsOption {
    private static final Set<String> OF_THE_COMMAND_LINE = Set.of("MILLRACE_JAVA_OPTS", "MILLRACE_SKIP_BUILD");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Trials at once, one thread each (default: one per processor).")
    Integer threads;

    /** The process's own {@code MILLRACE_*} variables for services, with what the option says. */
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        System.getenv().forEach((key, value) -> {
            if (key.startsWith("MILLRACE_") && !OF_THE_COMMAND_LINE.contains(key)) {
                variables.put(key, value);
            }
        });
        int slots = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        if (slots < 1) {
            throw new IllegalArgumentException("--threads is " + slots + ", expected 1 or more");
        }
        variables.put("MILLRACE_TRAINER_SLOTS", Integer.toString(slots));
        // Enough is under way that no slot waits for the planner.
        variables.putIfAbsent("MILLRACE_PLANNER_WINDOW", Integer.toString(Math.max(4, 2 * slots)));
        return variables;
    }
}
