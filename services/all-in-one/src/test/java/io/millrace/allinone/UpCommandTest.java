package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UpCommandTest {
    private static final Map<String, String> GIVEN = Map.of(
            "MILLRACE_GATEWAY_PORT", "18080",
            "MILLRACE_SCORER_PORT", "18090",
            "MILLRACE_TRAINER_SLOTS", "7",
            "MILLRACE_JAVA_OPTS", "-Xmx6g",
            "PATH", "/usr/bin");

    private static Map<String, String> variables(Map<String, String> given, String... options) {
        UpCommand up = new UpCommand();
        new CommandLine(up).parseArgs(options);
        return up.variables(given);
    }

    @Test
    void theVariablesOfServicesAreHandedOn() {
        assertThat(variables(GIVEN))
                .containsEntry("MILLRACE_GATEWAY_PORT", "18080")
                .containsEntry("MILLRACE_SCORER_PORT", "18090")
                .containsEntry("MILLRACE_TRAINER_SLOTS", "7")
                .containsEntry("MILLRACE_PLANNER_WINDOW", "14")
                .doesNotContainKeys("MILLRACE_JAVA_OPTS", "PATH");
    }

    @Test
    void anOptionIsStrongerThanItsVariable() {
        assertThat(variables(GIVEN, "--http-port", "1", "--scorer-port", "2", "--threads", "3"))
                .containsEntry("MILLRACE_GATEWAY_PORT", "1")
                .containsEntry("MILLRACE_SCORER_PORT", "2")
                .containsEntry("MILLRACE_TRAINER_SLOTS", "3")
                .containsEntry("MILLRACE_PLANNER_WINDOW", "6");
    }

    @Test
    void whatNobodySaysIsLeftToTheServicesAndTheirsToRefuse() {
        assertThat(variables(Map.of())).containsOnlyKeys("MILLRACE_PLANNER_WINDOW");
        assertThat(variables(Map.of("MILLRACE_TRAINER_SLOTS", "many"))).containsEntry("MILLRACE_TRAINER_SLOTS", "many");
        assertThatThrownBy(() -> variables(Map.of(), "--threads", "0")).hasMessageContaining("--threads is 0");
    }
}
