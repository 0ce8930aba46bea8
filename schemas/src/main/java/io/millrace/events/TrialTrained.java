package io.millrace.events;

/**
 * A trial's rung is trained.
 *
 * @param request what was asked, so that the evaluator needs no other event
 * @param artifacts everything trained so far, earlier rungs included
 * @param complete whether all folds that were asked for are there; a deadline can cut them short
 * @param cpuSeconds processor time of this rung
 * @param wallSeconds wall-clock time of this rung
 */
public record TrialTrained(
        TrialRequested request, TrialArtifacts artifacts, boolean complete, double cpuSeconds, double wallSeconds)
        implements Event {}
