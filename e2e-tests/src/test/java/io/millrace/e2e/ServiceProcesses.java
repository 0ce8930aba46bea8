package io.millrace.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Services as processes of their own, and as many trainers as wanted; one that was killed is started again. */
final class ServiceProcesses implements AutoCloseable {
    private static final String TRAINER = "trainer";
    /** What the compose file gives a container, and as much again for a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(80);

    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> services;
    private final List<JavaProcess> processes = new ArrayList<>();
    private final List<ManagementPort> ports = new ArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();
    private double redelivered;

    /** Every service. The environment is of {@code MILLRACE_*} variables that lead to the back ends. */
    ServiceProcesses(Path folder, Map<String, String> environment, int trainers) throws IOException {
        this(
                folder,
                environment,
                mains().keySet().stream()
                        .flatMap(service ->
                                Collections.nCopies(service.equals(TRAINER) ? trainers : 1, service).stream())
                        .toList());
    }

    /** The same with the services that are named, each as often as it is named. */
    ServiceProcesses(Path folder, Map<String, String> environment, List<String> services) throws IOException {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.services = List.copyOf(services);
        for (String service : services) {
            ports.add(ManagementPort.free());
            processes.add(start(service, ports.get(ports.size() - 1)));
        }
    }

    /** The processes by the names of their services; of several trainers the last. */
    Map<String, JavaProcess> processes() {
        Map<String, JavaProcess> named = new LinkedHashMap<>();
        for (int i = 0; i < services.size(); i++) {
            named.put(services.get(i), processes.get(i));
        }
        return named;
    }

    /** SIGKILLs a process of a service, the next in turn where there are several, and starts another in its place. */
    void kill(String service) throws InterruptedException {
        int index = next(service);
        redelivered += redeliveries(ports.get(index));
        processes.get(index).kill();
        processes.set(index, start(service, ports.get(index)));
    }

    /** The same with SIGTERM; throws an AssertionError when the process does not end of its own accord. */
    void terminate(String service) throws InterruptedException {
        int index = next(service);
        redelivered += redeliveries(ports.get(index));
        processes.get(index).terminate();
        processes.get(index).exitCode(GRACE);
        processes.set(index, start(service, ports.get(index)));
    }

    private int next(String service) {
        int[] ofService = IntStream.range(0, services.size())
                .filter(i -> services.get(i).equals(service))
                .toArray();
        return ofService[turns.merge(service, 1, Integer::sum) % ofService.length];
    }

    /** Starts again what ended by itself, as a supervisor does: a service that starts while a back end is away gives up. */
    void supervise() {
        for (int i = 0; i < processes.size(); i++) {
            if (!processes.get(i).isAlive()) {
                processes.set(i, start(services.get(i), ports.get(i)));
            }
        }
    }

    /** Events that were taken again, as far as the processes lived to tell. */
    long redeliveries() {
        return Math.round(redelivered
                + ports.stream().mapToDouble(ServiceProcesses::redeliveries).sum());
    }

    private static double redeliveries(ManagementPort port) {
        return port.body("/metrics")
                .lines()
                .filter(line -> line.startsWith("millrace_redeliveries_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private JavaProcess start(String service, ManagementPort port) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("MILLRACE_HTTP_PORT", Integer.toString(port.number()));
        own.put("MILLRACE_SCRATCH", folder.resolve("scratch-" + service).toString());
        if (!service.equals("planner") && !service.equals("gateway")) {
            own.keySet().removeIf(key -> key.startsWith("MILLRACE_DATABASE"));
        }
        if (service.equals("gateway")) {
            own.put("MILLRACE_GATEWAY_PORT", "0");
        }
        if (service.equals("scorer")) {
            own.put("MILLRACE_SCORER_PORT", "0");
            own.put("MILLRACE_SCORER_ANY_SIGNER", "true");
        }
        return JavaProcess.start(folder, mains().get(service), own);
    }

    /** Main class of every service. */
    static Map<String, String> mains() {
        Map<String, String> mains = new LinkedHashMap<>();
        mains.put("intake", "io.millrace.intake.IntakeMain");
        mains.put("profiler", "io.millrace.profiler.ProfilerMain");
        mains.put("planner", "io.millrace.planner.PlannerMain");
        mains.put("range-tester", "io.millrace.rangetester.RangeTesterMain");
        mains.put(TRAINER, "io.millrace.trainer.TrainerMain");
        mains.put("evaluator", "io.millrace.evaluator.EvaluatorMain");
        mains.put("ensembler", "io.millrace.ensembler.EnsemblerMain");
        mains.put("gateway", "io.millrace.gateway.GatewayMain");
        mains.put("scorer", "io.millrace.scorer.ScorerMain");
        return mains;
    }

    @Override
    public void close() {
        processes.forEach(JavaProcess::close);
    }
}
