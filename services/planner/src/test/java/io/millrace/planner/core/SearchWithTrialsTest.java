package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.Rungs;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchPolicy;
import io.millrace.events.Stopping;
import io.millrace.events.TrialArtifacts;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Emission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A run that counts trials replays digit for digit, whatever the timing. */
class SearchWithTrialsTest {
    @Test
    void theOrderInWhichResultsArriveDecidesNothing() {
        for (long rows : List.of(500L, 20_000L, 200_000L)) {
            DatasetProfiled dataset = Given.trials(rows, 40);
            Map<String, Event> reference = shuffled(dataset, Given.POLICY, SearchWithTrialsTest::scored, 0);
            assertThat(reference).hasSizeGreaterThan(40);
            for (int seed = 1; seed < 40; seed++) {
                assertThat(shuffled(dataset, Given.POLICY, SearchWithTrialsTest::scored, seed))
                        .isEqualTo(reference);
            }
        }
    }

    @Test
    void norDoesItWhereTrialsAreStoppedAndPause() {
        SearchPolicy policy = Given.POLICY.with(Stopping.MEDIAN).with(Rungs.EPOCHS);
        SimulatedTraining training = new SimulatedTraining();
        for (long rows : List.of(500L, 20_000L)) {
            DatasetProfiled dataset = Given.trials(rows, 60);
            Map<String, Event> reference = shuffled(dataset, policy, training::train, 0);
            assertThat(reference.values())
                    .anyMatch(e -> e instanceof TrialRequested r && r.stopRule().isPresent());
            assertThat(reference.values().stream()
                            .anyMatch(e -> e instanceof TrialRequested r
                                    && r.previous()
                                            .flatMap(TrialArtifacts::checkpoint)
                                            .isPresent()))
                    .isEqualTo(rows > 500);
            for (int seed = 1; seed < 15; seed++) {
                assertThat(shuffled(dataset, policy, training::train, seed)).isEqualTo(reference);
            }
        }
    }

    @Test
    void measuredSecondsDecideNothing() {
        DatasetProfiled dataset = Given.trials(20_000, 20);
        Workers fast = new Workers(1, r -> .1, r -> Given.scored(r, Given.error(r), 1));
        Workers slow = new Workers(3, r -> 9 + r.number() % 5, r -> Given.scored(r, Given.error(r), 1));
        fast.run(dataset, Given.START);
        slow.run(dataset, Given.START.plusSeconds(1000));

        assertThat(byId(fast.emissions)).isEqualTo(byId(slow.emissions));
    }

    @Test
    void asManyTrialsStartAsWereAskedForAndTheBestArePromoted() {
        Workers run = new Workers(2, r -> 1);
        SearchCompleted completed = (SearchCompleted) run.run(Given.trials(20_000, 12), Given.START);

        assertThat(completed.trials()).isEqualTo(12);
        assertThat(run.requests()).filteredOn(r -> r.rung() == 0).hasSize(12);
        assertThat(run.requests()).filteredOn(r -> r.rung() == 1).hasSize(4);
        assertThat(completed.candidates()).hasSize(12);
        assertThat(completed.candidates())
                .filteredOn(c -> c.artifacts().folds().size() == 5)
                .as("promoted ones bring all their folds")
                .hasSize(4);
        assertThat(completed.deadline()).isEmpty();
        assertThat(run.requests()).allMatch(r -> r.deadline().isEmpty());
    }

    @Test
    void theBestOfEveryFamilyAreCandidatesHoweverManyOthersAreBetter() {
        Workers run = new Workers(
                2, r -> 1, r -> Given.scored(r, r.configuration().family().equals("boosting") ? .1 : .5, 1));
        SearchCompleted completed = (SearchCompleted) run.run(Given.trials(500, 90), Given.START);

        assertThat(completed.candidates()).hasSize(25);
        assertThat(completed.candidates())
                .extracting(c -> run.requests().stream()
                        .filter(r -> r.trial().equals(c.trial()))
                        .findFirst()
                        .orElseThrow()
                        .configuration()
                        .family())
                .contains("boosting", "forest", "linear", "mlp", "realmlp");
    }

    @Test
    void onlyTheFamiliesThatWereAskedForAreTried() {
        for (String family : Configuration.FAMILIES) {
            Workers run = new Workers(2, r -> 1);
            run.run(Given.families(500, 40, family), Given.START);

            assertThat(run.requests())
                    .hasSize(40)
                    .allMatch(r -> r.configuration().family().equals(family));
        }
    }

    @Test
    void aSingleTrialIsEnough() {
        Workers run = new Workers(2, r -> 1);
        SearchCompleted completed = (SearchCompleted) run.run(Given.trials(500, 1), Given.START);

        assertThat(completed.candidates()).hasSize(1);
    }

    @Test
    void whenEveryTrialFailsTheRunFails() {
        Workers run = new Workers(2, r -> 1, r -> Given.failed(r, FailureKind.BUG));
        run.run(Given.trials(500, 3), Given.START);

        assertThat(run.failure().kind()).isEqualTo(FailureKind.BUG);
    }

    @Test
    void anotherSeedOfTheRunTrainsWithOtherSeeds() {
        Workers run = new Workers(2, r -> 1);
        run.run(Given.trials(500, 20), Given.START);

        assertThat(run.requests().stream().map(TrialRequested::seed).distinct()).hasSize(20);
        assertThat(run.requests()).allMatch(r -> r.seed() >= 0);
    }

    /** Everything that was decided, by subject, when results arrive in a shuffled order, some of them twice. */
    private Map<String, Event> shuffled(
            DatasetProfiled dataset, SearchPolicy policy, Function<TrialRequested, Event> training, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Instant now = Given.START;
        Decision decision = Search.begin(dataset, policy, now);
        List<Emission> all = new ArrayList<>();
        List<Event> underWay = new ArrayList<>();
        while (true) {
            for (Emission e : decision.emissions()) {
                all.add(e);
                if (e.event() instanceof TrialRequested || e.event() instanceof RangeTestRequested) {
                    underWay.add(e.event());
                }
            }
            if (!decision.state().active()) {
                return byId(all);
            }
            int pick = seed == 0 ? 0 : random.nextInt(underWay.size());
            Event next = random.nextInt(10) == 0 ? underWay.get(pick) : underWay.remove(pick);
            now = now.plusMillis(random.nextInt(5000));
            decision = Search.on(decision.state(), answer(next, training), now);
        }
    }

    private static Event answer(Event event, Function<TrialRequested, Event> training) {
        return event instanceof RangeTestRequested test
                ? Given.range(test, 0.001 * (1 + Math.floorMod(test.candidate().hashCode(), 50)))
                : training.apply((TrialRequested) event);
    }

    private static Event scored(TrialRequested request) {
        return request.number() % 11 == 5
                ? Given.failed(request, FailureKind.BUG)
                : Given.scored(request, Given.error(request), 1);
    }

    private static Map<String, Event> byId(List<Emission> emissions) {
        Map<String, Event> byId = new TreeMap<>();
        for (Emission e : emissions) {
            Event before = byId.put(e.event().getClass().getSimpleName() + ' ' + e.subject(), e.event());
            assertThat(before).as(e.subject()).isNull();
        }
        return byId;
    }
}
