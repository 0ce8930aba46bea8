package io.millrace.events;

import java.util.Optional;

/**
 * Learning rates that the rules of the range test suggest; a rule that finds none stays empty.
 *
 * @param valley middle of the longest falling stretch of the smoothed loss (fastai's default)
 * @param slide last rate before the gradient jumps (fastai)
 * @param minimum rate at the least smoothed loss, divided by 10
 * @param steepest rate where the smoothed loss falls fastest against the logarithm of the rate
 */
public record Suggestions(
        Optional<Double> valley, Optional<Double> slide, Optional<Double> minimum, Optional<Double> steepest) {}
