package io.millrace.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefreshedTest {
    private final SynchronousQueue<Integer> backEnd = new SynchronousQueue<>();
    private final AtomicInteger asked = new AtomicInteger();

    private final Refreshed<Integer> refreshed = new Refreshed<>("answers", () -> {
        asked.incrementAndGet();
        int answer = uninterrupted();
        if (answer < 0) {
            throw new IllegalStateException("the back end is away");
        }
        return answer;
    });

    @Test
    void aScrapeIsNeverHeldUpAndGetsTheReadingBefore() {
        assertThat(refreshed.get()).as("before the first reading").isEmpty();
        assertThat(refreshed.get()).as("while the back end hangs").isEmpty();
        answer(1);
        awaitAnswer(Optional.of(1));
    }

    @Test
    void aBackEndThatHangsIsAskedOnce() {
        for (int scrape = 0; scrape < 50; scrape++) {
            refreshed.get();
        }
        answer(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void anOldReadingIsNotShownAfterOneThatFailed() {
        refreshed.get();
        answer(1);
        awaitAnswer(Optional.of(1));
        answer(-1);
        awaitAnswer(Optional.empty());
    }

    /** Answers the reading under way, scraping until there is one. */
    private void answer(int value) {
        while (!backEnd.offer(value)) {
            refreshed.get();
        }
    }

    private void awaitAnswer(Optional<Integer> expected) {
        while (!refreshed.get().equals(expected)) {
            Thread.onSpinWait();
        }
    }

    private int uninterrupted() {
        try {
            return backEnd.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
