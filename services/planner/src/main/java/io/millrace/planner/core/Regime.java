package io.millrace.planner.core;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of the data a trial sees at which rung; chosen once by the number of training rows.
 *
 * @param firstLook folds of rung 0
 * @param promotion folds that a promotion adds; empty where there are no promotions
 * @param sampled whether slow first trials see a sample of the rows
 */
public record Regime(List<Integer> firstLook, List<Integer> promotion, boolean sampled) {
    /** Up to here a trial trains all folds at once: they cost little, and one fold would decide little. */
    static final long SMALL = 3_000;
    /** Above this one fold has rows enough to rank by, and training the others would take the time of other ideas. */
    static final long LARGE = 50_000;

    /** Folds of a promoted trial: more models of one configuration gain little. */
    private static final int BAGGED = 5;

    public Regime {
        firstLook = List.copyOf(firstLook);
        promotion = List.copyOf(promotion);
    }

    static Regime of(long trainingRows, int folds) {
        if (trainingRows <= SMALL) {
            return new Regime(IntStream.range(0, folds).boxed().toList(), List.of(), false);
        }
        if (trainingRows <= LARGE) {
            return new Regime(
                    List.of(0),
                    IntStream.range(1, Math.min(folds, BAGGED)).boxed().toList(),
                    false);
        }
        return new Regime(List.of(0), List.of(), true);
    }

    /** The same folds without promotions: a first look trains all of them. */
    Regime atOnce() {
        return new Regime(Stream.concat(firstLook.stream(), promotion.stream()).toList(), List.of(), sampled);
    }

    boolean promotes() {
        return !promotion.isEmpty();
    }
}
