package io.millrace.allinone;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code millrace} command line. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            ExplainCommand.class,
            ReplayCommand.class,
            FindRateCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            VerifyCommand.class,
            UpCommand.class,
            DlqCommand.class,
            GcCommand.class
        },
        description = "A data set that is dropped in becomes a ranked ensemble of tuned models.",
        footer = {
            "",
            "Examples:",
            "  millrace run churn.csv --target churned --budget 60s --out churn-model",
            "  millrace explain churn-model",
            "  millrace replay churn-model --search halving",
            "  millrace lr-find churn.csv --target churned --svg curve.svg",
            "  millrace predict churn-model new-customers.csv --out predictions.csv",
            "  millrace export churn-model --out churn-networks",
            "  millrace verify churn-model",
            "  millrace up --inbox inbox --data-dir millrace-data",
            "  millrace dlq list --data-dir millrace-data",
            "  millrace service trainer        (one service alone; see README)"
        })
public final class Millrace implements Runnable {
    static final String LOG_LEVEL = "millrace.log.level";

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    /** Runs a command; 0 is success, 1 a failed run, 2 wrong use. */
    public static void main(String[] args) {
        quieten(List.of(args));
        System.exit(new CommandLine(new Millrace())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new FailureText())
                .execute(args));
    }

    /** A command with an end shows its result, not what the services say meanwhile, unless that is asked for. */
    static void quieten(List<String> args) {
        if (!args.contains("up")) {
            System.getProperties().putIfAbsent(LOG_LEVEL, "warn");
        }
    }
}
