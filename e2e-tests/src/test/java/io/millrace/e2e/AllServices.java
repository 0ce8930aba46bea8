package io.millrace.e2e;

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
import io.millrace.trainer.TrainerConfig;
import io.millrace.trainer.TrainerService;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every service in this process, on back ends that a test has started. */
final class AllServices implements AutoCloseable {
    private final OpenPlatform open;
    private final GatewayService gateway;
    private final List<Service> services;

    private AllServices(Environment environment, OpenPlatform open) {
        Platform platform = open.platform();
        this.open = open;
        this.gateway = new GatewayService(GatewayConfig.from(environment), platform);
        this.services = List.of(
                gateway,
                new PlannerService(PlannerConfig.from(environment), platform),
                new ProfilerService(ProfilerConfig.from(environment), platform),
                new RangeTesterService(RangeTesterConfig.from(environment), platform),
                new TrainerService(TrainerConfig.from(environment), platform),
                new EvaluatorService(EvaluatorConfig.from(environment), platform),
                new EnsemblerService(EnsemblerConfig.from(environment), platform),
                new IntakeService(IntakeConfig.from(environment), platform));
    }

    /** Starts all and returns when every one takes events. */
    static AllServices start(Map<String, String> variables) throws Exception {
        Environment environment = new Environment(variables);
        AllServices all = new AllServices(environment, OpenPlatform.open(PlatformConfig.from(environment), "all"));
        all.services.forEach(Service::start);
        Waiting.until("services to be ready", Duration.ofMinutes(4), () -> all.services.stream()
                .allMatch(Service::ready));
        return all;
    }

    Platform platform() {
        return open.platform();
    }

    int gatewayPort() {
        return gateway.port();
    }

    @Override
    public void close() {
        services.forEach(Service::close);
        open.close();
    }
}
