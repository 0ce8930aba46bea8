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
    void aScrapeIsNeverHeldUpAndGetsTheReadingBefore() throws Exception {
        assertThat(refreshed.get()).as("before the first reading").isEmpty();
        assertThat(refreshed.get()).as("while the back end hangs").isEmpty();
        backEnd.put(1);
        awaitAnswer(Optional.of(1));
    }

    @Test
    void aBackEndThatHangsIsAskedOnce() throws Exception {
        for (int scrape = 0; scrape < 50; scrape++) {
            refreshed.get();
        }
        backEnd.put(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void anOldReadingIsNotShownAfterOneThatFailed() throws Exception {
        refreshed.get();
        backEnd.put(1);
        awaitAnswer(Optional.of(1));
        backEnd.put(-1);
        awaitAnswer(Optional.empty());
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
