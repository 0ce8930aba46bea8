package io.millrace.planner.core.space;

import static io.millrace.planner.core.space.Ladder.ladder;
import static io.millrace.planner.core.space.Stretch.linear;
import static io.millrace.planner.core.space.Stretch.logarithmic;

import io.millrace.configuration.NeighboursConfiguration;
import java.util.List;

/** Soft nearest neighbours with learnt scales. */
final class NeighboursSpace {
    static final Space<NeighboursConfiguration> SPACE = new Space<>(
            NeighboursConfiguration.NEIGHBOURS,
            1, // of the shares of all families
            List.of(
                    // quantity, values (choices with how often each is drawn), chance that a variant moves it, source
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "references",
                                    "training rows that predictions are made of at most",
                                    n -> (double) n.references(),
                                    (n, references) -> n.withReferences(references.intValue()))
                            .in(
                                    ladder(4096, 8192, 16384).reaching(1),
                                    0.1,
                                    "all, where the time for them is there (modelling README)"),
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "scale",
                                    "scale that numbers begin with, per unit of their spread",
                                    NeighboursConfiguration::scale,
                                    NeighboursConfiguration::withScale)
                            .in(
                                    logarithmic(0.1, 4).varied(0.5, 2),
                                    1,
                                    "the descent ends near where it begins (modelling README)"),
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "L1",
                                    "penalty on the scales, as rows",
                                    NeighboursConfiguration::l1,
                                    NeighboursConfiguration::withL1)
                            .in(logarithmic(0.1, 30).orZero(), 1, "measured (modelling README)"),
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "learning rate",
                                    "greatest change of a scale's logarithm per step",
                                    NeighboursConfiguration::learningRate,
                                    NeighboursConfiguration::withLearningRate)
                            .in(logarithmic(0.01, 0.2), 0.3, "Adam's steps are of this size whatever the loss"),
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "steps", "steps at most", n -> (double) n.steps(), NeighboursSpace::inSteps)
                            .in(ladder(100, 200, 400).reaching(1), 0.2, "early stopping mostly ends it before"),
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "batch size",
                                    "rows per step",
                                    n -> (double) n.batchSize(),
                                    (n, rows) -> n.withBatchSize(rows.intValue()))
                            .in(ladder(64, 128).reaching(1), 0.1, "as networks on few rows"),
                    Quantity.<NeighboursConfiguration, Double>quantity(
                                    "early stopping",
                                    "share of the steps without a better score",
                                    n -> (double) n.patience() / n.steps(),
                                    (n, share) -> n.withPatience((int) Math.max(1, Math.round(share * n.steps()))))
                            .in(linear(0.15, 1), 0.1, "as of networks"),
                    Quantity.<NeighboursConfiguration, Bag>quantity(
                                    "bagging",
                                    "four models per fold",
                                    Bag::of,
                                    (n, bag) -> n.withBagging(bag.bagging()))
                            .on("on up to 2,000 rows", Bag::pays)
                            .in(
                                    Choices.choices(Bag.USUAL, 6).or(Bag.SEEDS, 2),
                                    0.05,
                                    "as of networks; no bootstrap samples, in which a row's nearest neighbour is itself")));

    private NeighboursSpace() {}

    /** Patience remains as large a share of the steps. */
    private static NeighboursConfiguration inSteps(NeighboursConfiguration neighbours, double steps) {
        return neighbours.withSteps((int) steps).withPatience((int)
                Math.max(1, Math.round(neighbours.patience() * steps / neighbours.steps())));
    }
}
