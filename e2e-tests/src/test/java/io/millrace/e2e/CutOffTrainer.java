package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.TrialQueue.Trainer;
import io.millrace.events.Event;
import io.millrace.events.TrialTrained;
import io.millrace.runtime.Envelope;
import java.nio.file.Path;
import java.time.Duration;

/** What must hold when a trainer is silent for longer than its lease and then comes back. */
final class CutOffTrainer {
    static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(3);

    private CutOffTrainer() {}

    /** The drill inside a network namespace; the arguments are a folder, a port and the trainer's namespace. */
    public static void main(String[] arguments) throws Exception {
        NamespaceLink link = new NamespaceLink(Integer.parseInt(arguments[1]), arguments[2]);
        try (TrialQueue queue = new TrialQueue(Path.of(arguments[0]), link)) {
            drill(queue);
        }
        System.exit(0);
    }

    /** A trainer has begun a trial, its link is cut, another one ends the trial, the link is back. */
    static void drill(TrialQueue queue) throws Exception {
        try (JavaProcess linked = queue.startLinked(LEASE)) {
            String event = queue.request("t001");
            linked.await("fold", LONG, () -> queue.folds(event) > 0);
            queue.link().cut();
            try (Trainer heir = queue.start(LEASE)) {
                takeOver(queue, event, heir);
            }
            queue.link().mend();
            worksOn(queue);
        }
    }

    /** Another trainer ends the trial, whichever of the two came to its result. */
    static void takeOver(TrialQueue queue, String event, Trainer heir) throws InterruptedException {
        Envelope<? extends Event> end = queue.nextEnd();
        assertThat(end.event()).isInstanceOf(TrialTrained.class);
        assertThat(end.causationId()).contains(event);
        heir.close();
    }

    /** Only the trainer that was away can train what comes now. */
    static void worksOn(TrialQueue queue) throws InterruptedException {
        String next = queue.request("t002");
        Envelope<? extends Event> end = queue.nextEnd();
        assertThat(end.causationId())
                .as("nothing more is told of the first trial")
                .contains(next);
        assertThat(end.event()).isInstanceOf(TrialTrained.class);
        assertThat(queue.otherEnds()).isEmpty();
    }
}
