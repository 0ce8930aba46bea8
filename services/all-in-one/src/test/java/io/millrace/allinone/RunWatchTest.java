package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.allinone.progress.PlainDisplay;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.events.TrialFailed;
import io.millrace.gateway.view.RecordedEvent;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.memory.InMemoryEventBus;
import io.millrace.runtime.work.RetryPolicy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunWatchTest {
    private static final Event END = new RunFailed("iris", "planner", FailureKind.TIMEOUT, "more time");

    @AutoClose
    private final InMemoryEventBus bus = new InMemoryEventBus(Clock.systemUTC(), RetryPolicy.DEFAULT);

    @Test
    void aRecordingHoldsEveryEventOnceAlsoThoseOfBeforeAndThoseThatComeAfterTheEnd() throws Exception {
        publish("run", "before", failed("t001"));
        publish("other", "foreign", failed("t001"));
        try (RunWatch watch = new RunWatch(bus, "run", Clock.systemUTC())) {
            publish("run", "twice", failed("t002"));
            publish("run", "twice", failed("t002"));
            publish("run", "end", END);
            assertThat(watch.untilEnd(new PlainDisplay(nowhere(), Instant.now())))
                    .isEqualTo(END);
            publish("run", "after", failed("t003"));

            assertThat(watch.recorded())
                    .extracting(RecordedEvent::id)
                    .startsWith("before")
                    .containsExactlyInAnyOrder("before", "twice", "end", "after");
        }
    }

    private static TrialFailed failed(String trial) {
        return new TrialFailed(trial, 1, 0, FailureKind.BUG, "it broke");
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    private void publish(String run, String id, Event event) {
        bus.publish(List.of(
                new Envelope<>(id, "subject", run, Optional.empty(), Optional.empty(), "/test", Instant.now(), event)));
    }
}
