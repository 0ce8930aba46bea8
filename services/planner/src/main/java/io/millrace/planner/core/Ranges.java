package io.millrace.planner.core;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.UsualRates;
import io.millrace.events.RangeTestRequested;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Learning-rate range tests: requested once for what they depend on, and replaced by the usual rates where they fail. */
final class Ranges {
    /** Ranges that a run keeps whether or not anything uses them. */
    private static final int KEPT = 64;

    /** Part of the patience with a test after which it is late. */
    private static final long LATE = 2;

    private Ranges() {}

    /** Requests the test that a proposal waits for, unless there is one: only networks wait. */
    static void request(Draft draft, Proposal proposal) {
        if (proposal.configuration() instanceof NetworkConfiguration network) {
            request(draft, network);
        }
    }

    private static void request(Draft draft, NetworkConfiguration network) {
        String key = RangeTest.key(network);
        if (draft.ranges.containsKey(key)) {
            return;
        }
        int number =
                draft.ranges.values().stream().mapToInt(RangeTest::number).max().orElse(0) + 1;
        forgetUnused(draft, number - 1);
        String candidate = String.format(
                Locale.ROOT,
                "r%02d-%s-%s",
                number,
                network.hidden().isEmpty()
                        ? network.family()
                        : network.family() + "-"
                                + network.hidden().stream().map(String::valueOf).collect(Collectors.joining("-")),
                network.optimizer().name().toLowerCase(Locale.ROOT));
        draft.ranges.put(key, new RangeTest(candidate, UsualRates.of(network), draft.now, Optional.empty()));
        draft.emit(
                candidate,
                new RangeTestRequested(
                        candidate,
                        network,
                        draft.dataset.table(),
                        draft.dataset.profile(),
                        Seeds.of(draft.dataset.settings().seed(), "range-test", number),
                        draft.clock.map(BudgetClock::deadline)));
    }

    /** Where there are many, forgets those of networks that are trained no more; the newest stays, so that no number comes twice. */
    private static void forgetUnused(Draft draft, int newest) {
        if (draft.ranges.size() < KEPT) {
            return;
        }
        Set<String> used = Stream.concat(
                        draft.pending.stream().map(Proposal::configuration),
                        draft.trials.values().stream().map(Trial::configuration))
                .filter(NetworkConfiguration.class::isInstance)
                .map(c -> RangeTest.key((NetworkConfiguration) c))
                .collect(Collectors.toSet());
        draft.ranges
                .entrySet()
                .removeIf(e -> e.getValue().range().isPresent()
                        && e.getValue().number() != newest
                        && !used.contains(e.getKey()));
    }

    /**
     * Takes a found range and hands out what waited for it. One that comes after it was given up serves later trials, and
     * tells which were trained at another rate.
     */
    static void found(Draft draft, String candidate, LearningRateRange range) {
        for (Map.Entry<String, RangeTest> entry : draft.ranges.entrySet()) {
            RangeTest test = entry.getValue();
            if (test.candidate().equals(candidate)) {
                entry.setValue(test.found(range));
                if (test.range().isEmpty()) {
                    Issue.handOutWaiting(draft, entry.getKey(), range);
                }
            }
        }
    }

    /** Takes the failure of a range test; false where the name is none of a range test. */
    static boolean failed(Draft draft, String candidate) {
        Optional<RangeTest> test = draft.ranges.values().stream()
                .filter(r -> r.candidate().equals(candidate))
                .findFirst();
        test.ifPresent(t -> found(draft, candidate, t.usual()));
        return test.isPresent();
    }

    /** Whether a test takes so long that others had better wait at the same time: perhaps there is no range tester. */
    static boolean areLate(Draft draft) {
        Duration some = draft.clock.orElseThrow().rangeTestPatience().dividedBy(LATE);
        return draft.ranges.values().stream().anyMatch(test -> test.overdue(some, draft.now));
    }

    /**
     * Stops waiting where a test takes too long, and for those that were requested later, too: they wait behind it. A network at usual
     * rates is better than an idle core.
     */
    static void giveUpOverdue(Draft draft) {
        draft.clock.map(BudgetClock::rangeTestPatience).ifPresent(patience -> {
            List<RangeTest> open = draft.ranges.values().stream()
                    .filter(test -> test.range().isEmpty())
                    .toList();
            if (open.stream().anyMatch(test -> test.overdue(patience, draft.now))) {
                open.forEach(test -> found(draft, test.candidate(), test.usual()));
            }
        });
    }
}
