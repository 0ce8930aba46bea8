package io.millrace.runtime.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.RunSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RunSettingsParserTest {
    @Test
    void nothingAskedMeansFiveMinutesAndSeedZero() {
        assertThat(RunSettingsParser.parse(Map.of())).isEqualTo(RunSettings.ofBudget(Duration.ofMinutes(5)));
    }

    @Test
    void textsAndJsonMeanTheSame() {
        RunSettings fromTexts = RunSettingsParser.parse(Map.of(
                "target",
                "species",
                "trials",
                "12",
                "metric",
                "LOG-LOSS",
                "task",
                "multiclass",
                "seed",
                "-7",
                "holdout",
                "0.25",
                "folds",
                "4",
                "time-column",
                "when",
                "families",
                " TabM, realmlp-s,tabm"));
        RunSettings fromJson = RunSettingsParser.parseJson(bytes("{\"target\":\"species\",\"trials\":12,"
                + "\"metric\":\"log_loss\",\"task\":\"multiclass\",\"seed\":-7,\"holdout\":0.25,\"folds\":4,"
                + "\"timeColumn\":\"when\",\"budget\":null,\"families\":[\"tabm\",\"realmlp-s\"]}"));

        assertThat(fromTexts)
                .isEqualTo(fromJson)
                .isEqualTo(new RunSettings(
                        Optional.of("species"),
                        Optional.of(Task.MULTICLASS),
                        Optional.of(Metric.LOG_LOSS),
                        Optional.empty(),
                        Optional.of(12),
                        -7,
                        Optional.of(0.25),
                        Optional.of(4),
                        Optional.of("when"),
                        Optional.of(List.of("tabm", "realmlp-s"))));
    }

    @Test
    void spacesAroundATargetBelongToIt() {
        assertThat(RunSettingsParser.parse(Map.of("target", " y ")).target()).contains(" y ");
    }

    @Test
    void everyProblemIsReportedTogether() {
        List<String> problems = problemsOf(() -> RunSettingsParser.parse(
                Map.of("taget", "y", "budget", "soon", "metric", "best", "holdout", "NaN", "folds", "1", "seed", "x")));

        assertThat(problems)
                .hasSize(6)
                .anyMatch(p -> p.startsWith("taget is not a setting; the settings are target, budget"))
                .contains("budget is 'soon', expected a duration from 1s to 720h such as 60s, 5m or 1h")
                .contains("folds is '1', expected a whole number from 2 to 50")
                .contains("holdout is 'NaN', expected a share from 0 to 0.5")
                .contains("seed is 'x', expected a whole number")
                .anyMatch(p -> p.startsWith("metric is 'best', expected one of log_loss, accuracy"));
    }

    @Test
    void aRunIsBoundedByTimeOrByTrials() {
        assertThat(problemsOf(() -> RunSettingsParser.parse(Map.of("budget", "60s", "trials", "3"))))
                .singleElement()
                .asString()
                .contains("exclude each other");
    }

    @Test
    void aMetricMustFitTheTask() {
        assertThat(problemsOf(() -> RunSettingsParser.parse(Map.of("metric", "auc", "task", "regression"))))
                .containsExactly("metric auc cannot score the task regression; leave one of them out or take one of "
                        + "rmse, mae, r2");
    }

    @Test
    void aKeyGivenTwiceIsAProblem() {
        assertThat(problemsOf(() -> RunSettingsParser.parse(Map.of("timeColumn", "a", "time_column", "b"))))
                .containsExactly("timeColumn is given twice; give it once");
    }

    @Test
    void aSideFileThatIsNoObjectIsRefused() {
        for (String json : List.of("", "[]", "{\"target\":", "{\"target\":\"a\",\"target\":\"b\"}", "{} {}", "7")) {
            assertThat(problemsOf(() -> RunSettingsParser.parseJson(bytes(json))))
                    .as(json)
                    .hasSize(1);
        }
        assertThat(problemsOf(() -> RunSettingsParser.parseJson(bytes("{\"target\":[\"a\"],\"sede\":1}"))))
                .hasSize(2);
        assertThat(problemsOf(() -> RunSettingsParser.parseJson(new byte[65_537])))
                .hasSize(1);
    }

    private static List<String> problemsOf(ThrowingCallable call) {
        InvalidSettingsException[] caught = new InvalidSettingsException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidSettingsException.class, e -> caught[0] = e);
        return caught[0].problems();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
