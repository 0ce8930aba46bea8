package io.millrace.events;

import java.time.Instant;
import java.util.Optional;

/**
 * The planner has taken an input into account. The decisions of a run in their order, with the events they name, are all
 * that is needed to make them again.
 *
 * @param number ordinal of the decision within the run, from 1
 * @param input id of the event that was taken into account; absent where the clock was asked
 * @param at the time that the planner decided by
 * @param policy what the run's decisions rest on besides its events; at the first decision
 */
public record DecisionMade(long number, Optional<String> input, Instant at, Optional<SearchPolicy> policy)
        implements Event {}
