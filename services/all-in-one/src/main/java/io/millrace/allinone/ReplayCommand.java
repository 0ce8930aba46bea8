package io.millrace.allinone;

import io.millrace.events.Cause;
import io.millrace.events.Rungs;
import io.millrace.events.SearchPolicy;
import io.millrace.events.SearchStrategy;
import io.millrace.events.Stopping;
import io.millrace.events.TrialRequested;
import io.millrace.planner.core.Replay;
import io.millrace.runtime.Emission;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the decisions of a recorded run again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Folds the recorded events of a run through the search again, which must reach the same decisions. With options,"
                    + " shows at which decisions another policy would have decided otherwise, given the same history.",
            "Exit code 0: the same decisions, or another policy was asked for; 1: not the same; 2: wrong use."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Mixin
    RecordingOptions recording;

    @Option(
            names = "--search",
            paramLabel = "STRATEGY",
            description =
                    "As if the search went on by STRATEGY after the portfolio: diagnosis, halving (leaders varied at"
                            + " random, no cures) or random (no look at results).")
    SearchStrategy search;

    @Option(names = "--without-experience", description = "As if earlier runs had told nothing of the cures.")
    boolean withoutExperience;

    @Option(names = "--window", paramLabel = "N", description = "As if N trials were under way at most.")
    Integer window;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Recording read = recording.read();
        Replay replay = new Replay(read.events());
        Replay.Report again = replay.reproduce();
        if (!again.same()) {
            System.out.println("The run " + read.run() + " is not decided the same again: " + again.emissions() + " of "
                    + again.recorded() + " recorded requests and ends, in " + again.decisions() + " decisions.");
            again.differences().forEach(ReplayCommand::print);
            return 1;
        }
        System.out.println("The run " + read.run() + " is decided the same again: " + again.decisions()
                + " decisions with " + again.emissions() + " events.");
        if (search != null || withoutExperience || window != null) {
            Replay.Report other = replay.under(this::changed);
            System.out.println("The other policy decides otherwise at "
                    + other.differences().size() + " of " + other.decisions() + " decisions.");
            other.differences().stream().limit(SHOWN).forEach(ReplayCommand::print);
        }
        return 0;
    }

    private SearchPolicy changed(SearchPolicy own) {
        return new SearchPolicy(
                        window == null ? own.window() : window,
                        own.defaultBudget(),
                        search == null ? own.strategy() : search,
                        withoutExperience ? Map.of() : own.records())
                .with(own.stopping().orElse(Stopping.NONE))
                .with(own.rungs().orElse(Rungs.FOLDS));
    }

    private static void print(Replay.Difference difference) {
        System.out.println("  decision " + difference.decision().number() + " at "
                + difference.decision().at());
        System.out.println("    then: " + told(difference.then()));
        System.out.println("    now:  " + told(difference.now()));
    }

    private static String told(List<Emission> emissions) {
        return emissions.isEmpty()
                ? "nothing"
                : emissions.stream().map(ReplayCommand::told).collect(Collectors.joining("; "));
    }

    private static String told(Emission e) {
        if (e.event() instanceof TrialRequested r) {
            return e.subject() + " " + r.configuration().family()
                    + r.cause().map(Cause::cure).map(c -> " (" + c + ")").orElse("");
        }
        return e.event().getClass().getSimpleName() + " " + e.subject();
    }
}
