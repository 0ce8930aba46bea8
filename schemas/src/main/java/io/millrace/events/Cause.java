package io.millrace.events;

/**
 * Why a trial was made of another one: the problem that was found there and what is tried against it.
 *
 * @param parent name of the trial that has the problem
 * @param verdict the problem
 * @param cure what is changed, such as {@code more-dropout}
 * @param expectedGain share of the parent's error that the change should take away, chances of failure included; error is
 *     what a score lacks to a perfect one ({@link io.millrace.dataset.Metric#shortfall})
 */
public record Cause(String parent, Verdict verdict, String cure, double expectedGain) {}
