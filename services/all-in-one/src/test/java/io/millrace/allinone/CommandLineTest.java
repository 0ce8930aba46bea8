package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.RunSettings;
import io.millrace.runtime.submission.InvalidSettingsException;
import io.millrace.runtime.submission.RunSettingsParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    @Test
    void everyOptionOfADataSetReachesItsSetting() {
        RunSettings settings = settings(
                "--target=y",
                "--trials=7",
                "--metric=auc",
                "--task=binary",
                "--seed=42",
                "--holdout=0.25",
                "--folds=4",
                "--time-column=day",
                "--families=boosting,tabm");

        assertThat(settings.target()).contains("y");
        assertThat(settings.trials()).contains(7);
        assertThat(settings.budget()).isEmpty();
        assertThat(settings.metric()).contains(Metric.AUC);
        assertThat(settings.task()).contains(Task.BINARY);
        assertThat(settings.seed()).isEqualTo(42);
        assertThat(settings.holdout()).contains(0.25);
        assertThat(settings.folds()).contains(4);
        assertThat(settings.timeColumn()).contains("day");
        assertThat(settings.families()).contains(List.of("boosting", "tabm"));
    }

    @Test
    void whatIsNotSaidIsChosenLaterAndTheBudgetIsAMinute() {
        RunSettings settings = settings();

        assertThat(settings.budget()).contains(Duration.ofSeconds(60));
        assertThat(settings.metric()).isEmpty();
        assertThat(settings.task()).isEmpty();
        assertThat(settings.holdout()).isEmpty();
        assertThat(settings.folds()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--metric=speed", "--task=guessing", "--holdout=0.9", "--folds=1", "--seed=x"})
    void aValueThatCannotBeUsedIsNamed(String option) {
        assertThatThrownBy(() -> settings(option))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(option.substring(2, option.indexOf('=')));
    }

    @Test
    void theHelpOfRunNamesEveryOptionThatTheReadMeDoes() {
        assertThat(help("run"))
                .contains(
                        "Usage: millrace run",
                        "--metric",
                        "--task",
                        "--seed",
                        "--holdout",
                        "--folds",
                        "--threads",
                        "--time-column",
                        "--families",
                        "--trials",
                        "--data-dir",
                        "--out");
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : new CommandLine(new Millrace()).getSubcommands().keySet()) {
            assertThat(help(command)).as(command).contains("Usage: millrace " + command);
        }
    }

    @Test
    void theServicesOfACommandAreQuietUnlessTheirLogIsAskedFor() {
        String before = System.getProperty(Millrace.LOG_LEVEL);
        try {
            System.setProperty(Millrace.LOG_LEVEL, "info");
            Millrace.quieten(List.of("run", "data.csv"));
            assertThat(System.getProperty(Millrace.LOG_LEVEL)).isEqualTo("info");

            System.clearProperty(Millrace.LOG_LEVEL);
            Millrace.quieten(List.of("up"));
            assertThat(System.getProperty(Millrace.LOG_LEVEL)).isNull();
            Millrace.quieten(List.of("run", "data.csv"));
            assertThat(System.getProperty(Millrace.LOG_LEVEL)).isEqualTo("warn");
        } finally {
            if (before == null) {
                System.clearProperty(Millrace.LOG_LEVEL);
            } else {
                System.setProperty(Millrace.LOG_LEVEL, before);
            }
        }
    }

    private static RunSettings settings(String... options) {
        RunCommand command = new RunCommand();
        new CommandLine(command).parseArgs(concatenated("churn.csv", options));
        return RunSettingsParser.parse(command.options.asText());
    }

    private static String[] concatenated(String first, String... rest) {
        String[] all = new String[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    /** What a command prints when it is asked for help; asking is no wrong use. */
    private static String help(String command) {
        StringWriter printed = new StringWriter();
        int exit =
                new CommandLine(new Millrace()).setOut(new PrintWriter(printed)).execute(command, "--help");
        assertThat(exit).as(command).isZero();
        return printed.toString();
    }
}
