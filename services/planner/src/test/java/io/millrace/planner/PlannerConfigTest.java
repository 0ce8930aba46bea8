package io.millrace.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.Environment;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerConfigTest {
    @Test
    void searchesAreKeptTwiceAsLongAsEventsUnlessSomethingElseIsSaid() {
        assertThat(config(Map.of()).searchesKept()).isEqualTo(Duration.ofDays(14));
        assertThat(config(Map.of("MILLRACE_KAFKA_RETENTION", "720h")).searchesKept())
                .isEqualTo(Duration.ofDays(60));
        assertThat(config(Map.of("MILLRACE_PLANNER_SEARCHES_KEPT", "2000h")).searchesKept())
                .isEqualTo(Duration.ofHours(2000));
    }

    @Test
    void searchesAreNotForgottenBeforeTheirEvents() {
        assertThatThrownBy(() -> config(Map.of("MILLRACE_PLANNER_SEARCHES_KEPT", "1h")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MILLRACE_PLANNER_SEARCHES_KEPT is shorter than MILLRACE_KAFKA_RETENTION");
    }

    private static PlannerConfig config(Map<String, String> variables) {
        Map<String, String> all = new TreeMap<>(variables);
        all.put("MILLRACE_DATABASE_URL", "jdbc:postgresql://db/millrace");
        all.put("MILLRACE_DATABASE_USER", "millrace");
        Environment env = new Environment(all);
        PlannerConfig config = PlannerConfig.from(env);
        env.check();
        return config;
    }
}
