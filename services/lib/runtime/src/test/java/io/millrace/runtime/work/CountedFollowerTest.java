package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.DatasetSubmitted;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.SampleEvents;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.Test;

class CountedFollowerTest {
    private static final int ATTEMPTS = 2;

    private static EventFollower counted(EventFollower follower) {
        return new CountedFollower(follower, new EventMetrics(new PrometheusRegistry()), "planner", ATTEMPTS);
    }

    @Test
    void aFollowerThatBreaksHasTriesLikeOneThatFails() {
        EventFollower follower = counted(event -> {
            throw new StackOverflowError();
        });

        Envelope<DatasetSubmitted> event = SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"));

        assertThatThrownBy(() -> follower.on(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("StackOverflowError");
        assertThatThrownBy(() -> follower.on(event)).isInstanceOf(LastTryFailedException.class);
    }
}
