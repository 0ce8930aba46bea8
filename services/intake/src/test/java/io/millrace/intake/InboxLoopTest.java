package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.intake.core.FileFacts;
import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InboxLoopTest {
    private final List<String> taken = new ArrayList<>();
    private final CountDownLatch broken = new CountDownLatch(2);
    private Set<String> failing = Set.of();
    private RuntimeException failure;
    private Error breakage;

    private InboxLoop loop() {
        return new InboxLoop(
                () -> Stream.of("a.csv", "b.csv", "c.csv")
                        .filter(name -> !taken.contains(name))
                        .map(name -> new FileFacts(name, 8, 0, true))
                        .toList(),
                new InboxWatch(Duration.ZERO),
                drop -> {
                    if (breakage != null) {
                        broken.countDown();
                        throw breakage;
                    }
                    if (failing.contains(drop.data().name())) {
                        if (failure != null) {
                            throw failure;
                        }
                        throw new IOException("unreadable");
                    }
                    return taken.add(drop.data().name());
                },
                Clock.systemUTC());
    }

    @Test
    void aFileThatCannotBeReadIsPassedOver() {
        failing = Set.of("a.csv");
        assertThatThrownBy(() -> loop().look()).hasMessage("unreadable");
        assertThat(taken).containsExactly("b.csv", "c.csv");
    }

    @Test
    void anObjectThatTheStoreDoesNotGiveOutHoldsUpTheOthersForOneLook() throws Exception {
        failing = Set.of("a.csv", "b.csv");
        failure = new EventHandlingException(Kind.RETRYABLE, "403", null);
        InboxLoop loop = loop();
        for (int look = 0; look < 3; look++) {
            assertThatThrownBy(loop::look).hasMessage("403");
        }
        assertThat(taken).containsExactly("c.csv");
        failing = Set.of();
        loop.look();
        assertThat(taken).containsExactly("c.csv", "a.csv", "b.csv");
    }

    @Test
    void aLookThatBreaksIsNotTheLast() throws Exception {
        breakage = new OutOfMemoryError("Java heap space");
        try (InboxLoop loop = loop()) {
            loop.start(Duration.ofMillis(1));

            assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(loop.healthy()).isFalse();
        }
    }
}
