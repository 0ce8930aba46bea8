package io.millrace.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A main class of ours in an operating-system process of its own, on the class path of the tests ({@link ClassArchive}). */
final class JavaProcess implements AutoCloseable {
    /** For what trains long enough to earn the optimizing compiler. */
    static final List<String> ALL_COMPILERS = List.of("-XX:TieredStopAtLevel=4");
    /** Those of this JVM, where the build says which. */
    private static final List<String> COMPILERS = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("-XX:TieredStopAtLevel="))
            .toList();

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts; what it prints goes to a file that {@link #output} reads. */
    static JavaProcess start(Path folder, String mainClass, Map<String, String> environment, String... arguments) {
        return startBy(List.of(), List.of(), folder, mainClass, environment, arguments);
    }

    /**
     * The same by a command that becomes the process, such as {@code ip netns exec NAME}, and with options of its JVM's own; an empty list
     * is none.
     */
    static JavaProcess startBy(
            List<String> launcher,
            List<String> own,
            Path folder,
            String mainClass,
            Map<String, String> environment,
            String... arguments) {
        try {
            Path output = Files.createTempFile(folder, "process-", ".log");
            List<String> options = new ArrayList<>(ClassArchive.options());
            options.addAll(COMPILERS);
            options.addAll(own);
            options.addAll(List.of("-cp", ClassArchive.classPath()));
            List<String> command = new ArrayList<>(List.of(mainClass));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = builder(launcher, folder, options, command).redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new JavaProcess(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM with the options that every one of ours has and some more, and no {@code MILLRACE_*} variable of this process. */
    static ProcessBuilder builder(List<String> launcher, Path folder, List<String> options, List<String> command) {
        List<String> whole = new ArrayList<>(launcher);
        whole.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+DisableExplicitGC",
                // Three of four full collections leave dead objects where they are, as arrays of ints that
                // LiveMemory counts.
                "-XX:MarkSweepAlwaysCompactCount=1",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "--add-opens=java.base/java.nio=ALL-UNNAMED"));
        whole.addAll(options);
        whole.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(k -> k.startsWith("MILLRACE_"));
        builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OMP_WAIT_POLICY", "passive"));
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        return builder;
    }

    /** Waits for the end; returns the exit code. Throws an AssertionError with the output when it takes too long. */
    int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + atMost + ":\n" + output());
        }
        return process.exitValue();
    }

    /** Waits until a condition holds; throws an AssertionError with the output when the process ends or time is over. */
    void await(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("no " + what
                        + (process.isAlive() ? " within " + atMost : ", the process ended") + ":\n" + output());
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    /** Everything printed so far. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: no shutdown hook runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, as Ctrl-C or an orchestrator would. */
    void terminate() {
        process.destroy();
    }

    /** Sends any other signal, such as STOP and CONT. */
    void signal(String name) throws Exception {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("kill -" + name + " of process " + process.pid() + " failed");
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
