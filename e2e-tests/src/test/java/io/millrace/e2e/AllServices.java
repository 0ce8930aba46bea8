package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.ensembler.EnsemblerConfig;
import io.millrace.ensembler.EnsemblerService;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.evaluator.EvaluatorService;
import io.millrace.gateway.GatewayConfig;
import io.millrace.gateway.GatewayService;
import io.millrace.intake.IntakeConfig;
import io.millrace.intake.IntakeService;
import io.millrace.planner.PlannerConfig;
import io.millrace.planner.PlannerService;
import io.millrace.profiler.ProfilerConfig;
import io.millrace.profiler.ProfilerService;
import io.millrace.rangetester.RangeTesterConfig;
import io.millrace.rangetester.RangeTesterService;
import io.millrace.runtime.Environment;
import io.millrace.runtime.OpenPlatform;
import io.millrace.runtime.Platform;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.Service;
import io.millrace.runtime.codec.Json;
import io.millrace.scorer.ScorerConfig;
import io.millrace.scorer.ScorerService;
import io.millrace.trainer.TrainerConfig;
import io.millrace.trainer.TrainerService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every service in this process, on back ends that a test has started. */
final class AllServices implements AutoCloseable {
    private final Platform platform;
    private final Runnable closing;
    private final GatewayService gateway;
    private final List<Service> services;

    private AllServices(Environment environment, Platform platform, Runnable closing) {
        this.platform = platform;
        this.closing = closing;
        this.gateway = new GatewayService(GatewayConfig.from(environment), platform);
        this.services = List.of(
                gateway,
                new PlannerService(PlannerConfig.from(environment), platform),
                new ProfilerService(ProfilerConfig.from(environment), platform),
                new RangeTesterService(RangeTesterConfig.from(environment), platform),
                new TrainerService(TrainerConfig.from(environment), platform),
                new EvaluatorService(EvaluatorConfig.from(environment), platform),
                new EnsemblerService(EnsemblerConfig.from(environment), platform),
                new ScorerService(ScorerConfig.from(environment), platform),
                new IntakeService(IntakeConfig.from(environment), platform));
    }

    /** Starts all and returns when every one takes events. */
    static AllServices start(Map<String, String> variables) throws Exception {
        Environment environment = environment(variables);
        OpenPlatform open = OpenPlatform.open(PlatformConfig.from(environment), "all");
        return started(new AllServices(environment, open.platform(), open::close));
    }

    /** The same on a platform that is the test's, who closes it. */
    static AllServices start(Platform platform, Map<String, String> variables) throws Exception {
        return started(new AllServices(environment(variables), platform, () -> {}));
    }

    /** The scorer's usual port may be taken. */
    private static Environment environment(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("MILLRACE_SCORER_PORT", "0");
        return new Environment(all);
    }

    private static AllServices started(AllServices all) throws Exception {
        all.services.forEach(Service::start);
        Waiting.until("services to be ready", Duration.ofMinutes(4), () -> all.services.stream()
                .allMatch(Service::ready));
        return all;
    }

    Platform platform() {
        return platform;
    }

    /** Address at the gateway. */
    URI gateway(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    /** What the gateway answers. */
    JsonNode get(String path) throws IOException {
        try (InputStream answer = gateway(path).toURL().openStream()) {
            return Json.mapper().readTree(answer);
        }
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        closing.run();
    }
}
