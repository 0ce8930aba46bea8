package io.millrace.events;

import java.util.Optional;

/**
 * A cure was tried, and this is what it did. The work id is the trial. Nothing is told of one that the deadline cut: it has
 * not shown what it can do.
 *
 * @param trial name of the trial with the cure
 * @param cause which trial was cured of what, how, and with which expectation
 * @param dataKind kind of data that the experience is kept for, such as {@code binary-medium}
 * @param measuredGain share of the parent's error that the change took away on the same folds, negative where it got
 *     worse; absent where the trial failed
 * @param helped whether the error fell
 * @param verdict the problem of the trial with the cure; absent where it failed
 * @param cpuSeconds processor time that it took; absent where the trial failed
 */
public record InterventionAssessed(
        String trial,
        Cause cause,
        String dataKind,
        Optional<Double> measuredGain,
        boolean helped,
        Optional<Verdict> verdict,
        Optional<Double> cpuSeconds)
        implements Event {}
