package io.millrace.e2e;

import io.millrace.ensembler.EnsemblerConfig;
import io.millrace.evaluator.EvaluatorConfig;
import io.millrace.gateway.GatewayConfig;
import io.millrace.intake.IntakeConfig;
import io.millrace.planner.PlannerConfig;
import io.millrace.profiler.ProfilerConfig;
import io.millrace.rangetester.RangeTesterConfig;
import io.millrace.runtime.Environment;
import io.millrace.runtime.PlatformConfig;
import io.millrace.scorer.ScorerConfig;
import io.millrace.trainer.TrainerConfig;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads variables as each service does when it starts. */
final class ServiceConfigs {
    private static final Map<String, Consumer<Environment>> READERS = new TreeMap<>(Map.of(
            "intake", IntakeConfig::from,
            "profiler", ProfilerConfig::from,
            "planner", PlannerConfig::from,
            "range-tester", RangeTesterConfig::from,
            "trainer", TrainerConfig::from,
            "evaluator", EvaluatorConfig::from,
            "ensembler", EnsemblerConfig::from,
            "gateway", GatewayConfig::from,
            "scorer", ScorerConfig::from));

    private ServiceConfigs() {}

    static Iterable<String> services() {
        return READERS.keySet();
    }

    /** Throws a {@code ConfigurationException} that names what is missing, wrong or not known to the service. */
    static void check(String service, Map<String, String> variables) {
        Environment environment = new Environment(variables);
        PlatformConfig.from(environment);
        READERS.get(service).accept(environment);
        environment.check();
    }
}
