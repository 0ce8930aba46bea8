package io.millrace.planner.core;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.DecisionMade;
import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.events.InterventionAssessed;
import io.millrace.events.RangeTestRequested;
import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchPolicy;
import io.millrace.events.TrialRequested;
import io.millrace.runtime.Emission;
import io.millrace.runtime.Envelope;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Makes the decisions of a recorded run again: the planner's records tell which event was taken into account in which order
 * and at which time, and {@link Search} is a fold over these.
 */
public final class Replay {
    /** What planners publish, and nobody else. */
    private static final List<Class<? extends Event>> DECIDED =
            List.of(RangeTestRequested.class, TrialRequested.class, InterventionAssessed.class, SearchCompleted.class);

    /** What a database may take off a time. */
    private static final Duration TIME_STEP = Duration.of(1, ChronoUnit.MICROS);

    private final List<DecisionMade> decisions;
    private final Map<String, Event> byId = new HashMap<>();
    private final Map<String, Envelope<? extends Event>> byWork = new HashMap<>();

    /**
     * A decision that came out otherwise.
     *
     * @param decision what was decided then
     * @param then what it led to then
     * @param now what it leads to now
     */
    public record Difference(DecisionMade decision, List<Emission> then, List<Emission> now) {}

    /**
     * What a replay found.
     *
     * @param decisions decisions that were made again
     * @param emissions events that they led to
     * @param recorded requests, assessments and ends of a search that the recording holds
     * @param differences decisions that came out otherwise, in their order
     */
    public record Report(int decisions, int emissions, int recorded, List<Difference> differences) {
        /** Whether everything that was recorded was decided again, and nothing else. */
        public boolean same() {
            return differences.isEmpty() && emissions >= recorded;
        }
    }

    /** A recording, in any order; throws an IllegalArgumentException where the records of the planner are incomplete. */
    public Replay(List<Envelope<? extends Event>> recording) {
        this.decisions = recording.stream()
                .map(Envelope::event)
                .filter(DecisionMade.class::isInstance)
                .map(DecisionMade.class::cast)
                .sorted(Comparator.comparingLong(DecisionMade::number))
                .toList();
        for (Envelope<? extends Event> e : recording) {
            byId.put(e.id(), e.event());
            byWork.put(work(e.subject(), e.event()), e);
        }
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i).number() != i + 1) {
                throw new IllegalArgumentException("the recording lacks decision " + (i + 1) + " of the planner");
            }
        }
        if (decisions.isEmpty() || decisions.get(0).policy().isEmpty()) {
            throw new IllegalArgumentException(
                    "the recording holds no decisions of the planner; runs of 0.1.0 and later do");
        }
    }

    /** The policy that the run was begun with. */
    public SearchPolicy policy() {
        return decisions.get(0).policy().orElseThrow();
    }

    /** Folds the recorded inputs again and stops at the first decision that does not lead to the events recorded of it. */
    public Report reproduce() {
        int emissions = 0;
        Optional<SearchState> state = Optional.empty();
        for (int i = 0; i < decisions.size(); i++) {
            DecisionMade made = decisions.get(i);
            Decision again = decide(state, policy(), made);
            List<Emission> recorded = again.emissions().stream()
                    .flatMap(e -> Optional.ofNullable(byWork.get(work(e.subject(), e.event())))
                            .filter(then -> comesOf(made, then))
                            .map(then -> new Emission(e.subject(), then.event()))
                            .stream())
                    .toList();
            if (!recorded.equals(again.emissions())) {
                return new Report(i, emissions, recorded(), List.of(new Difference(made, recorded, again.emissions())));
            }
            emissions += again.emissions().size();
            state = Optional.of(again.state());
        }
        return new Report(decisions.size(), emissions, recorded(), List.of());
    }

    /** Whether an event is of a decision: it has its time and, where the recording tells causes, its input. */
    private static boolean comesOf(DecisionMade made, Envelope<? extends Event> e) {
        return Duration.between(made.at(), e.time()).abs().compareTo(TIME_STEP) <= 0
                && (e.causationId().isEmpty() || e.causationId().equals(made.input()));
    }

    private int recorded() {
        return (int) byWork.values().stream()
                .map(Envelope::event)
                .filter(e -> DECIDED.stream().anyMatch(type -> type.isInstance(e)))
                .count();
    }

    /**
     * Asks at every decision of the run what another policy would have decided in its place, given the same history.
     *
     * @param change what the policy is made of the run's own
     */
    public Report under(UnaryOperator<SearchPolicy> change) {
        SearchPolicy other = change.apply(policy());
        int emissions = 0;
        List<Difference> differences = new ArrayList<>();
        Optional<SearchState> state = Optional.empty();
        for (DecisionMade made : decisions) {
            Decision then = decide(state, policy(), made);
            Decision now = decide(state.map(s -> s.under(other)), other, made);
            if (!then.emissions().equals(now.emissions())) {
                differences.add(new Difference(made, then.emissions(), now.emissions()));
            }
            emissions += then.emissions().size();
            state = Optional.of(then.state());
        }
        return new Report(decisions.size(), emissions, recorded(), differences);
    }

    private Decision decide(Optional<SearchState> state, SearchPolicy policy, DecisionMade made) {
        Optional<Event> input = made.input().map(this::input);
        if (state.isEmpty()) {
            if (input.orElse(null) instanceof DatasetProfiled profiled) {
                return Search.begin(profiled, policy, made.at());
            }
            throw new IllegalArgumentException(
                    "the first decision of the recording does not rest on a profiled data set");
        }
        return input.map(event -> Search.on(state.get(), event, made.at()))
                .orElseGet(() -> Search.tick(state.get(), made.at()));
    }

    private Event input(String id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the recording lacks the event " + id + ", which a decision rests on"));
    }

    private static String work(String subject, Event event) {
        return EventType.of(event).eventName() + " " + subject;
    }
}
