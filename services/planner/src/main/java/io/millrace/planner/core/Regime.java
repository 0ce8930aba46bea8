package io.millrace.planner.core;

import io.millrace.events.DatasetProfiled;
import io.millrace.events.SearchStrategy;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much of the data a trial sees at which rung; chosen once by the number of training rows and by what a search has time for.
 *
 * @param firstLook folds of rung 0
 * @param promotion folds that a promotion adds; empty where there are no promotions
 * @param sampled whether slow first trials see a sample of the rows
 */
public record Regime(List<Integer> firstLook, List<Integer> promotion, boolean sampled) {
    /** Up to here a trial trains all folds at once: they cost little, and one fold of so few rows decides little. */
    static final long SMALL = 5_000;
    /** Above this one fold has rows enough to rank by, and training the others would take the time of other ideas. */
    static final long LARGE = 50_000;

    /** Folds of a promoted trial: more models of one configuration gain little. */
    private static final int BAGGED = 5;
    /**
     * Share of the budget that all folds of the usual boosting may take for every trial to get them at once. Where it takes more they
     * are too dear; where it takes less there is time to look at many configurations on one fold and to train the best on all. Between
     * the two a handful of models of several families on all folds is worth more (measured, see e2e-tests/BENCHMARKS.md).
     */
    private static final double MOST_AT_ONCE = 0.08;

    private static final double LEAST_AT_ONCE = 0.045;

    public Regime {
        firstLook = List.copyOf(firstLook);
        promotion = List.copyOf(promotion);
    }

    /** By rows alone for plain halving; random search never promotes, and one that chooses by evidence not where few trials fit. */
    static Regime of(DatasetProfiled dataset, SearchStrategy strategy) {
        Regime byRows = of(dataset.trainingRows(), dataset.folds());
        return switch (strategy) {
            case HALVING -> byRows;
            case RANDOM -> byRows.atOnce();
            case DIAGNOSIS -> byRows.promotes() && paysForAHandful(byRows.atOnce(), dataset) ? byRows.atOnce() : byRows;
        };
    }

    private static boolean paysForAHandful(Regime atOnce, DatasetProfiled dataset) {
        double seconds = new CostModel(dataset)
                .seconds(Costs.NONE, Portfolio.USUAL, atOnce.firstLook().size(), Optional.empty());
        return dataset.settings()
                .budget()
                .filter(budget -> dataset.settings().trials().isEmpty())
                .map(budget -> seconds / BudgetClock.seconds(budget))
                .filter(share -> share >= LEAST_AT_ONCE && share <= MOST_AT_ONCE)
                .isPresent();
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
