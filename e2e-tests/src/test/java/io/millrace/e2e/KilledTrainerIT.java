package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.TrialQueue.Trainer;
import io.millrace.events.BlobRef;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialTrained;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two trainers as processes: one has a trial and is killed, stands still for longer than its lease, or is cut off. */
class KilledTrainerIT {
    private static final Logger LOG = LoggerFactory.getLogger(KilledTrainerIT.class);
    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void theTrialOfAKilledTrainerGoesOnElsewhereFromItsLastCheckpointLongBeforeItsLeaseEnds() throws Exception {
        Duration lease = Duration.ofSeconds(60);
        try (TrialQueue queue = new TrialQueue(folder);
                Trainer one = queue.start(lease);
                Trainer two = queue.start(lease)) {
            String event = queue.request("t001");
            one.process().await("fold", LONG, () -> queue.folds(event) > 0);
            Trainer victim = one.busy() ? one : two;
            Trainer heir = one.busy() ? two : one;
            FileTime kept = queue.checkpoint(event, 0).orElseThrow();
            assertThat(queue.tries(event)).isEqualTo(1);

            long killed = System.nanoTime();
            victim.process().kill();
            heir.process().await("second try", LONG, () -> queue.tries(event) == 2);
            Duration gap = Duration.ofNanos(System.nanoTime() - killed);
            int folds = queue.folds(event);
            LOG.info("the trial went on {} ms after the kill, with {} of its folds", gap.toMillis(), folds);
            assertThat(gap).as("by the connection that broke, not by the lease").isLessThan(lease.dividedBy(2));

            heir.process().await("next fold", LONG, () -> queue.folds(event) > folds);
            assertThat(queue.checkpoint(event, 0)).as("not trained again").contains(kept);
            assertThat(queue.nextEnd().event()).isInstanceOfSatisfying(TrialTrained.class, trained -> {
                assertThat(trained.complete()).isTrue();
                assertThat(trained.artifacts().folds()).hasSize(TrialQueue.FOLDS);
            });
            assertThat(queue.otherEnds()).isEmpty();
        }
    }

    @Test
    void aNetworkGoesOnAmidItsFoldWhetherItsTrainerIsToldToStopOrKilled() throws Exception {
        Duration lease = Duration.ofSeconds(60);
        try (TrialQueue queue = new TrialQueue(folder);
                Trainer stopped = queue.start(lease)) {
            String event = queue.requestNetwork("t001");
            stopped.process().await("state", LONG, () -> queue.steps(event) > 0);
            int seen = queue.steps(event);
            stopped.process().terminate();
            stopped.process().exitCode(LONG);
            int left = queue.steps(event);
            assertThat(left).as("it left more than was there").isGreaterThan(seen);

            try (Trainer killed = queue.start(lease)) {
                killed.process().await("later state", LONG, () -> queue.steps(event) > left);
                killed.process().kill();
                assertThat(killed.process().output()).contains("fold-0-begun.zip goes on after");
            }
            try (Trainer last = queue.start(lease)) {
                List<String> hurt = artifacts(queue);
                assertThat(last.process().output()).contains("fold-0-begun.zip goes on after");
                queue.requestNetwork("t002");
                assertThat(artifacts(queue)).isEqualTo(hurt);
            }
        }
    }

    /** Hashes of the predictions, the model and the curve of the trial that ends next. */
    private static List<String> artifacts(TrialQueue queue) throws InterruptedException {
        TrialTrained trained = (TrialTrained) queue.nextEnd().event();
        TrialArtifacts artifacts = trained.artifacts();
        return Stream.of(artifacts.predictions(), artifacts.model(), artifacts.curves())
                .map(BlobRef::sha256)
                .toList();
    }

    @Test
    void aTrainerThatComesBackAfterItsLeaseDoesNoHarmAndWorksOn() throws Exception {
        try (TrialQueue queue = new TrialQueue(folder);
                Trainer one = queue.start(CutOffTrainer.LEASE);
                Trainer two = queue.start(CutOffTrainer.LEASE)) {
            String event = queue.request("t001");
            one.process().await("fold", LONG, () -> queue.folds(event) > 0);
            Trainer stale = one.busy() ? one : two;
            Trainer heir = one.busy() ? two : one;
            stale.process().signal("STOP");
            CutOffTrainer.takeOver(queue, event, heir);
            stale.process().signal("CONT");
            CutOffTrainer.worksOn(queue);
        }
    }

    @Test
    void aTrainerWhoseLinkIsCutLosesItsTrialToAnotherAndWorksOnOnceTheLinkIsBack() throws Exception {
        try (TrialQueue queue = new TrialQueue(folder)) {
            CutOffTrainer.drill(queue);
        }
    }
}
