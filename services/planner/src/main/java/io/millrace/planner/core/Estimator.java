package io.millrace.planner.core;

import java.util.SplittableRandom;

/** How probable the places of a dimension are, after what was seen. */
interface Estimator {
    /** Density at a place, or the probability of a choice. */
    double density(double place);

    /** A place drawn from it. */
    double draw(SplittableRandom random);
}
