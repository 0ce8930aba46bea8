package io.millrace.planner.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides when the clock must be asked again. */
final class WakeUps {
    private WakeUps() {}

    static Optional<Instant> next(Draft draft) {
        if (draft.phase != Phase.SEARCHING) {
            return Optional.empty();
        }
        return draft.clock.flatMap(clock -> {
            Duration patience = clock.rangeTestPatience();
            // One that is overdue, too: an event has come before the clock was asked, which alone gives tests up.
            Stream<Instant> rangeTests = draft.ranges.values().stream()
                    .filter(r -> r.range().isEmpty())
                    .map(r -> r.requestedAt().plus(patience));
            Stream<Instant> ends =
                    Stream.of(clock.deadline(), clock.end(), clock.hardEnd()).filter(at -> at.isAfter(draft.now));
            return Stream.concat(rangeTests, ends).min(Instant::compareTo);
        });
    }
}
