package io.millrace.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.allinone.ClusterOptions.Cluster;
import io.millrace.runtime.OneLine;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.kafka.DeadLetter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Dead letters: seen, put back, thrown away. */
@Command(
        name = "dlq",
        mixinStandardHelpOptions = true,
        description = {
            "Dead letters: records that a service gave up after every try, or could not read.",
            "What waited for them was told when they were given up; a run that has ended stays ended. Mend the cause,"
                    + " then put them back with redrive: a data set is searched anew, other work is done once more."
        })
final class DlqCommand implements Runnable {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Which letters a command is for. */
    static final class Chosen {
        @Parameters(paramLabel = "ID", arity = "0..*", description = "Letters as 'millrace dlq list' names them.")
        List<String> ids = List.of();

        @Option(names = "--all", description = "All that the list shows.")
        boolean all;

        /** Throws an IllegalArgumentException unless letters are named, or all are meant. */
        private void require() {
            if (ids.isEmpty() != all) {
                throw new IllegalArgumentException("name dead letters as 'millrace dlq list' does, or say --all");
            }
        }

        private List<DeadLetter> of(Cluster cluster) {
            List<DeadLetter> letters = cluster.deadLetters().list();
            for (String id : ids) {
                if (letters.stream().noneMatch(letter -> letter.id().equals(id))) {
                    throw new IllegalArgumentException(
                            "there is no dead letter " + id + "; 'millrace dlq list' shows those there are");
                }
            }
            return letters.stream()
                    .filter(letter -> all || ids.contains(letter.id()))
                    .toList();
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "One line per dead letter.")
    void list(@Mixin ClusterOptions options) {
        try (Cluster cluster = options.open()) {
            List<DeadLetter> letters = cluster.deadLetters().list();
            letters.forEach(letter -> print(String.join(
                    "  ",
                    letter.id(),
                    letter.time().toString(),
                    letter.event().topic(),
                    letter.event().headers().getOrDefault("ce_subject", ""),
                    cluster.deadLetters().cause(letter))));
            if (letters.isEmpty()) {
                print("no dead letters");
            }
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "All of a dead letter: its cause, its headers, its content.")
    void show(@Mixin ClusterOptions options, @Mixin Chosen chosen) {
        chosen.require();
        try (Cluster cluster = options.open()) {
            for (DeadLetter letter : chosen.of(cluster)) {
                all(letter, cluster.deadLetters().cause(letter)).forEach(this::print);
            }
        }
    }

    /** A letter in lines; those of its content are indented as the others are. */
    static List<String> all(DeadLetter letter, String cause) {
        WireEvent event = letter.event();
        List<String> lines = new ArrayList<>();
        lines.add(letter.id() + ", given up at " + letter.time());
        lines.add("  cause: " + cause);
        lines.add("  topic: " + event.topic() + ", key: " + event.key());
        event.headers().forEach((name, value) -> lines.add("  " + name + ": " + value));
        String content = event.value() == null ? "without content" : new String(event.value(), UTF_8);
        content.lines().forEach(line -> lines.add("  " + line));
        return lines.stream().map(OneLine::of).toList();
    }

    @Command(
            name = "redrive",
            mixinStandardHelpOptions = true,
            description = "Puts dead letters back into their topics, to be worked on as if for the first time.")
    void redrive(@Mixin ClusterOptions options, @Mixin Chosen chosen) {
        forEach(options, chosen, "put back", (cluster, letter) -> cluster.deadLetters()
                .redrive(letter));
    }

    @Command(name = "drop", mixinStandardHelpOptions = true, description = "Throws dead letters away.")
    void drop(@Mixin ClusterOptions options, @Mixin Chosen chosen) {
        forEach(options, chosen, "dropped", (cluster, letter) -> cluster.deadLetters()
                .drop(letter));
    }

    private void forEach(ClusterOptions options, Chosen chosen, String done, BiConsumer<Cluster, DeadLetter> action) {
        chosen.require();
        try (Cluster cluster = options.open()) {
            chosen.of(cluster).forEach(letter -> {
                action.accept(cluster, letter);
                print(done + " " + letter.id());
            });
        }
    }

    private void print(String line) {
        spec.commandLine().getOut().println(OneLine.of(line));
    }
}
