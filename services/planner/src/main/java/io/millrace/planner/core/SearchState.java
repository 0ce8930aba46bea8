package io.millrace.planner.core;

import io.millrace.events.CureRecord;
import io.millrace.events.DatasetProfiled;
import io.millrace.events.SearchPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the planner remembers it: a fold over the run's events.
 *
 * @param layout version of this record's layout, {@value #LAYOUT}
 * @param policy what decisions rest on besides the events
 * @param dataset what the search is for
 * @param regime how much data a trial sees at which rung
 * @param clock time table; absent when the run counts trials
 * @param phase where the run stands
 * @param proposals configurations made so far, waiting ones included
 * @param pending configurations that wait for their turn, first come first
 * @param ranges range tests by {@link RangeTest#key}
 * @param issued work items decided so far
 * @param started trials started so far
 * @param digested work items whose result was taken into account
 * @param outstanding work items without a digested result, by rising ordinal
 * @param arrived results that wait for those of earlier items; only when the run counts trials
 * @param trials started trials that still matter, by rising number
 * @param firstLooks first looks that were scored
 * @param promoted promotions decided
 * @param ended trials that ended, failed ones included
 * @param failures failures so far
 * @param firstFailure the first of them that time is not to blame for
 * @param probed whether training on fewer rows was requested
 * @param cured trials started to cure another
 * @param cureRecords how cures have done, by name: what the policy brought and what this run has measured
 * @param curves how the latest completed trials of each family got on, earliest first; empty where no trial is stopped
 * @param costs what training was measured to cost
 * @param wakeUp when the clock should be asked again, if no event comes before
 */
public record SearchState(
        int layout,
        SearchPolicy policy,
        DatasetProfiled dataset,
        Regime regime,
        Optional<BudgetClock> clock,
        Phase phase,
        int proposals,
        List<Proposal> pending,
        Map<String, RangeTest> ranges,
        int issued,
        int started,
        int digested,
        List<WorkItem> outstanding,
        List<Arrival> arrived,
        List<Trial> trials,
        int firstLooks,
        int promoted,
        int ended,
        int failures,
        Optional<Failure> firstFailure,
        boolean probed,
        int cured,
        Map<String, CureRecord> cureRecords,
        Map<String, List<FamilyCurve>> curves,
        Costs costs,
        Optional<Instant> wakeUp) {

    /** Version of the layout that this code writes and reads. */
    public static final int LAYOUT = 6;

    public SearchState {
        pending = List.copyOf(pending);
        ranges = Map.copyOf(ranges);
        outstanding = List.copyOf(outstanding);
        arrived = List.copyOf(arrived);
        trials = List.copyOf(trials);
        cureRecords = Map.copyOf(cureRecords);
        curves = Map.copyOf(curves);
    }

    /** The same history under another policy. */
    SearchState under(SearchPolicy other) {
        Instant noTimePassed = clock.map(BudgetClock::startedAt).orElse(Instant.EPOCH);
        return new Draft(this, other, noTimePassed).state(wakeUp);
    }

    /** Whether the planner still decides anything for the run. */
    public boolean active() {
        return phase == Phase.SEARCHING;
    }
}
