package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(30)
class HousekeepingTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final Logger log = (Logger) LoggerFactory.getLogger(Housekeeping.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(lines);
    }

    @Test
    void aChoreThatFailsIsDoneAgainAndLeavesAWarning() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Housekeeping chores = new Housekeeping("test-chores")) {
            chores.every(SOON, () -> {
                twice.countDown();
                throw new IllegalStateException("the broker is away");
            });
            twice.await();
        }
        assertThat(lines.list).first().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).contains("test-chores", "the broker is away");
        });
    }

    @Test
    void aChoreThatBreaksIsDoneAgainToo() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);
        try (Housekeeping chores = new Housekeeping("test-chores")) {
            chores.every(SOON, () -> {
                twice.countDown();
                throw new OutOfMemoryError("Java heap space");
            });
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(lines.list).first().satisfies(line -> assertThat(line.getFormattedMessage())
                .contains("test-chores", "Java heap space"));
    }

    @Test
    void aChoreThatClosingBreaksOffLeavesNoWarning() throws Exception {
        Housekeeping chores = new Housekeeping("test-chores");
        chores.every(SOON, this::failOnceReleased);
        begun.await();
        Thread closing = new Thread(chores::close, "closing");
        closing.start();
        // It waits for the chore, and so has told that this is the end.
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        released.countDown();
        closing.join();
        assertThat(lines.list).noneMatch(line -> line.getLevel().isGreaterOrEqual(Level.WARN));
    }

    private void failOnceReleased() {
        begun.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("the broker is away");
    }
}
