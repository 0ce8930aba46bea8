package io.millrace.allinone;

import io.millrace.allinone.progress.LeaderboardText;
import io.millrace.allinone.progress.PlainDisplay;
import io.millrace.allinone.progress.ProgressDisplay;
import io.millrace.allinone.progress.TerminalDisplay;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.Event;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.events.RunSettings;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.OneLine;
import io.millrace.runtime.Platform;
import io.millrace.runtime.submission.DatasetName;
import io.millrace.runtime.submission.RunSettingsParser;
import io.millrace.runtime.submission.Submission;
import io.millrace.runtime.submission.SubmitDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The whole pipeline on one file. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a broker, a database and every service in this process, runs the whole pipeline on one file, and"
                    + " writes the model, the leaderboard, the predictions on the holdout and the final event.",
            "Exit code 0: a model was published; 1: the run failed or the file was rejected; 2: wrong use; 130: Ctrl-C."
        })
final class RunCommand implements Callable<Integer> {
    private static final int SHOWN_TRIALS = 15;

    @Parameters(index = "0", paramLabel = "FILE", description = "CSV (any delimiter, gzip too), Parquet or JSON lines.")
    Path file;

    @Mixin
    DatasetOptions options;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results (default: NAME-model).")
    Path out;

    @Mixin
    ThreadsOption threads;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep broker, database and objects here; an interrupted run goes on when the same command is"
                    + " given again. A temporary folder when absent.")
    Path dataDirectory;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no file " + file);
        }
        RunSettings settings = RunSettingsParser.parse(options.asText());
        String name = DatasetName.ofFile(file.getFileName().toString());
        ResultFolder results = new ResultFolder(out != null ? out : Path.of(name + "-model"));
        Map<String, String> variables = threads.variables();
        variables.putIfAbsent("MILLRACE_GATEWAY_PORT", "0");
        try (LocalSession session = LocalSession.open(Optional.ofNullable(dataDirectory), 0, false, variables)) {
            results.prepare();
            UnfinishedRun run = UnfinishedRun.of(file, settings, session.data());
            Event outcome = follow(session.platform().platform(), run, name, results);
            int exit = report(outcome, results, session.platform().platform());
            run.ended(session.data());
            return exit;
        }
    }

    private Event follow(Platform platform, UnfinishedRun run, String name, ResultFolder results)
            throws IOException, InterruptedException {
        SubmitDataset submit =
                new SubmitDataset(platform.blobs(), platform.clock(), platform.scratch(), "/millrace/command-line");
        String fileName = file.getFileName().toString();
        Envelope<DatasetSubmitted> submitted =
                submit.store(new Submission(name, fileName, run.identity(), run.settings()), file);
        try (RunWatch watch = new RunWatch(platform.bus(), submitted.runId(), platform.clock())) {
            platform.bus().publish(List.of(submitted));
            Event outcome = watch.untilEnd(display(submitted.event()));
            results.record(watch.recorded());
            return outcome;
        }
    }

    private static ProgressDisplay display(DatasetSubmitted submitted) {
        Integer width = Integer.getInteger("millrace.terminal.width");
        return width == null
                ? new PlainDisplay(System.out, submitted.submittedAt())
                : new TerminalDisplay(System.out, submitted.submittedAt(), submitted.settings(), width);
    }

    private int report(Event outcome, ResultFolder results, Platform platform) {
        if (outcome instanceof ModelPublished model) {
            results.write(model, platform.blobs());
            System.out.println();
            System.out.print(LeaderboardText.of(model, SHOWN_TRIALS));
            System.out.println("Results are in " + results);
            return 0;
        }
        if (outcome instanceof DatasetRejected rejected) {
            System.err.println(
                    "millrace: rejected: " + OneLine.of(rejected.message()) + "\n  " + OneLine.of(rejected.remedy()));
        } else if (outcome instanceof RunFailed failed) {
            System.err.println(
                    "millrace: the run failed at the " + failed.stage() + ": " + OneLine.of(failed.message()));
        }
        return 1;
    }
}
