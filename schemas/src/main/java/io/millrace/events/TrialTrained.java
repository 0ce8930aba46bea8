package io.millrace.events;

import java.util.Optional;

/**
 * A trial's rung is trained.
 *
 * @param request what was asked, so that the evaluator needs no other event
 * @param artifacts everything trained so far, earlier rungs included
 * @param complete whether all folds that were asked for are there; a deadline can cut them short
 * @param cpuSeconds processor time of this rung
 * @param wallSeconds wall-clock time of this rung
 * @param lossCurve how its first fold learnt, for drawing; absent for learners without steps, and in events from before
 *     there was one
 */
public record TrialTrained(
        TrialRequested request,
        TrialArtifacts artifacts,
        boolean complete,
        double cpuSeconds,
        double wallSeconds,
        Optional<LossCurve> lossCurve)
        implements Event {}
