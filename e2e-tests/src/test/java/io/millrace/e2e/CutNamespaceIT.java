package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A trainer in a network namespace of its own whose only link is cut: what {@link CutLink} feigns, with the kernel's network. It
 * takes the rights of root. The trainer gives up requests and connections after seconds, where Kafka's clients wait half a
 * minute and TCP as long as the link was cut: what it does once it is back is not another thing.
 */
class CutNamespaceIT {
    private static final int PORT = 19092;

    private final String brokers = "millrace-b-" + ProcessHandle.current().pid();
    private final String trainers = "millrace-t-" + ProcessHandle.current().pid();

    @TempDir
    Path folder;

    @BeforeEach
    void make() throws Exception {
        assumeTrue(
                NamespaceLink.possible(),
                "no network namespaces can be joined here: not root, no ip command, or a kernel without them");
        NamespaceLink.make(brokers, trainers);
    }

    @AfterEach
    void remove() throws Exception {
        NamespaceLink.remove(brokers, trainers);
    }

    @Test
    void aTrainerWhoseLinkIsCutLosesItsTrialToAnotherAndWorksOnOnceTheLinkIsBack() throws Exception {
        try (JavaProcess drill = JavaProcess.startBy(
                NamespaceLink.launcher(brokers),
                List.of(),
                folder,
                CutOffTrainer.class.getName(),
                Map.of(),
                folder.toString(),
                Integer.toString(PORT),
                trainers)) {
            assertThat(drill.exitCode(Duration.ofMinutes(6))).as(drill.output()).isZero();
        }
    }
}
