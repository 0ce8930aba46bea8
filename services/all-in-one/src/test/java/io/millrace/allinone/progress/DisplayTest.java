package io.millrace.allinone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.Metric;
import io.millrace.events.RunSettings;
import io.millrace.events.TrialEvaluated;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DisplayTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final RunProgress progress = new RunProgress();

    @Test
    void theTerminalShowsABarPerStageTheBestScoreAndTheTimeLeft() {
        TerminalDisplay display = new TerminalDisplay(out, START, RunSettings.ofBudget(Duration.ofSeconds(60)), 120);
        progress.on(Trials.requested("t002"));
        progress.on(Trials.evaluated("t001", Metric.LOG_LOSS, 0.25));

        assertThat(display.frame(progress, START.plusSeconds(30)))
                .anySatisfy(l ->
                        assertThat(l).startsWith("profile").contains("....").contains("reading"))
                .anySatisfy(l -> assertThat(l)
                        .startsWith("trials")
                        .contains("[############............]")
                        .contains("1 done, 1 under way, best log_loss 0.2500 (t001 boosting)"))
                .last()
                .isEqualTo("time left 0:30");
    }

    @Test
    void theTerminalRedrawsInPlace() {
        TerminalDisplay display = new TerminalDisplay(out, START, RunSettings.ofBudget(Duration.ofSeconds(60)), 60);
        display.onTick(progress, START);
        int first = bytes.size();
        display.onTick(progress, START.plusSeconds(1));

        assertThat(bytes.toString(StandardCharsets.UTF_8).substring(first)).startsWith("\u001b[4A\r");
    }

    @Test
    void linesAreNoLongerThanANarrowTerminalShows() {
        TerminalDisplay display = new TerminalDisplay(out, START, RunSettings.ofBudget(Duration.ofSeconds(60)), 20);
        display.onTick(progress, START);

        assertThat(bytes.toString(StandardCharsets.UTF_8)
                        .replaceAll("\u001b\\[[0-9]*[A-Z]|\r", "")
                        .lines())
                .hasSize(5)
                .allMatch(line -> line.length() < 20);
    }

    @Test
    void aClockThatWasSetBackShowsAnEmptyBarAndTheWholeTime() {
        TerminalDisplay display = new TerminalDisplay(out, START, RunSettings.ofBudget(Duration.ofSeconds(60)), 120);

        assertThat(display.frame(progress, START.minusSeconds(30)))
                .anySatisfy(l -> assertThat(l).startsWith("trials").contains("[" + ".".repeat(24) + "]"))
                .last()
                .isEqualTo("time left 1:00");
    }

    @Test
    void aLogGetsOneLinePerScoredTrial() {
        PlainDisplay display = new PlainDisplay(out, START);
        TrialEvaluated trial = Trials.evaluated("t001", Metric.LOG_LOSS, 0.25);
        progress.on(trial);
        display.onEvent(trial, progress, START.plusMillis(1500));
        display.onTick(progress, START.plusSeconds(2));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("   1.5s  trial      t001 boosting log_loss 0.2500 on 1 fold in 1.5 s, healthy; best so far"
                        + " log_loss 0.2500 (t001 boosting)" + System.lineSeparator());
    }
}
