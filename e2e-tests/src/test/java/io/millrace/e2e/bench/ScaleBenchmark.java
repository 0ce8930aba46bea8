package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.e2e.ProfiledRuns;
import io.millrace.e2e.StandIns;
import io.millrace.e2e.bench.BusyTime.Reading;
import io.millrace.events.EventType;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.RunSettings;
import io.millrace.events.TrialRequested;
import io.millrace.events.TrialTrained;
import io.millrace.planner.PlannerConfig;
import io.millrace.planner.PlannerService;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.Json;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How far one broker and one planner go. The events, the fence, the planner and its database are real; only trainers
 * sleep, as long as trials of a real run took, instead of training, and evaluators and range-testers answer at once.
 */
class ScaleBenchmark {
    private static final TrialSeconds SECONDS = TrialSeconds.measured();
    private static final Duration SPAN = Duration.ofSeconds(20);
    private static final int EMPTY_TRIALS = 600;
    private static final int WARM_UP = 100;
    private static final Duration BETWEEN = Duration.ofMillis(50);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 32, 64})
    void slotsAreAtWorkMostOfTheTime(int slots) throws Exception {
        BusyTime busy = new BusyTime();
        try (BenchPlatform bench = BenchPlatform.start(directory)) {
            PlannerService planner = new PlannerService(PlannerConfig.from(bench.environment()), bench.platform());
            EventBus bus = bench.platform().bus();
            List<Subscription> workers = List.of(
                    bus.work("millrace-trainer", TrialRequested.class, slots, sleeping(busy)),
                    bus.work(
                            "millrace-evaluator",
                            TrialTrained.class,
                            2,
                            (input, work) -> List.of(new Emission(input.subject(), StandIns.evaluated(input.event())))),
                    bus.work(
                            "millrace-range-tester",
                            RangeTestRequested.class,
                            2,
                            (input, work) -> List.of(new Emission(input.subject(), StandIns.found(input.event())))));
            planner.start();
            await(() -> planner.ready() && workers.stream().allMatch(Subscription::ready));
            // Two trials wait or run per slot, as long as every run has its usual four.
            for (int run = 0; run < Math.max(1, slots / 2); run++) {
                bus.publish(List.of(ProfiledRuns.begin(run, RunSettings.ofBudget(Duration.ofHours(10)))));
            }
            await(() -> busy.read().ended() >= 2L * slots);
            Reading before = busy.read();
            LockSupport.parkNanos(SPAN.toNanos());
            Reading after = busy.read();
            System.out.printf(
                    "%d slots: at work %.3f of the time, %.1f trials/s of %.2f s on average, load %.1f%n",
                    slots, after.utilisation(before, slots), after.rate(before), SECONDS.mean(), load());
            planner.close();
        }
    }

    /** Open loop: requests come at a fixed rate, whatever becomes of them. */
    @Test
    void anEmptyTrialIsBackSoon() throws Exception {
        Map<String, Long> begun = new ConcurrentHashMap<>();
        Map<String, Long> trained = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(EMPTY_TRIALS);
        List<Long> toHandler = new ArrayList<>();
        List<Long> toResult = new ArrayList<>();
        try (BenchPlatform bench = BenchPlatform.start(directory)) {
            EventBus bus = bench.platform().bus();
            Subscription workers = bus.work("millrace-trainer", TrialRequested.class, 32, (input, work) -> {
                begun.put(input.runId(), System.nanoTime());
                return List.of(new Emission(input.subject(), StandIns.trained(input.event(), 0)));
            });
            bus.watch(Set.of(EventType.TRIAL_TRAINED), event -> {
                trained.put(event.runId(), System.nanoTime());
                left.countDown();
            });
            await(workers::ready);
            TrialRequested request = request();
            long[] published = new long[EMPTY_TRIALS];
            for (int i = 0; i < EMPTY_TRIALS; i++) {
                published[i] = System.nanoTime();
                bus.publish(List.of(envelope(i, request)));
                LockSupport.parkNanos(published[i] + BETWEEN.toNanos() - System.nanoTime());
            }
            assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
            for (int i = WARM_UP; i < EMPTY_TRIALS; i++) {
                toHandler.add(begun.get("run-" + i) - published[i]);
                toResult.add(trained.get("run-" + i) - published[i]);
            }
        }
        System.out.printf("from the queue to the handler: %s%n", new Percentiles(toHandler));
        System.out.printf("from the queue to the result: %s, load %.1f%n", new Percentiles(toResult), load());
    }

    private static EventHandler<TrialRequested> sleeping(BusyTime busy) {
        return (input, work) -> {
            double seconds = SECONDS.of(input.runId(), input.event().number());
            busy.begin((long) (seconds * 1e9));
            try {
                TimeUnit.NANOSECONDS.sleep((long) (seconds * 1e9));
            } finally {
                busy.end();
            }
            return List.of(new Emission(input.subject(), StandIns.trained(input.event(), seconds)));
        };
    }

    private static Envelope<TrialRequested> envelope(int run, TrialRequested request) {
        return new Envelope<>(
                "requested-" + run,
                request.trial(),
                "run-" + run,
                Optional.empty(),
                Optional.empty(),
                "/millrace/bench",
                Instant.now(),
                request);
    }

    private static TrialRequested request() throws Exception {
        try (InputStream example = ScaleBenchmark.class.getResourceAsStream("/examples/trial.requested.v1.json")) {
            return Json.read(example.readAllBytes(), TrialRequested.class);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).isNegative();
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
