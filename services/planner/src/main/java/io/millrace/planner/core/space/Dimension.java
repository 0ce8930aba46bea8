package io.millrace.planner.core.space;

import io.millrace.configuration.Configuration;

/**
 * A quantity of a family that the search may choose.
 *
 * @param quantity which
 * @param values what it may be
 * @param moved chance that a variant of a leader looks for another value: 1 for what is always looked for, less for what is usually
 *     best as it is or needs a range test
 * @param source where the values come from
 * @param <C> kind of configuration
 * @param <T> kind of value
 */
public record Dimension<C extends Configuration, T>(
        Quantity<C, T> quantity, Values<T> values, double moved, String source) {

    boolean applies(C configuration) {
        return quantity.when().test(configuration);
    }

    /** Whether a configuration lies within: it has one of the values, or the quantity means nothing for it. */
    public boolean contains(C configuration) {
        return !applies(configuration) || values.contains(quantity.of().apply(configuration));
    }

    /** The same, narrowed to what a variant of a configuration may take. */
    Dimension<C, T> near(C base) {
        return applies(base)
                ? new Dimension<>(quantity, values.near(quantity.of().apply(base)), moved, source)
                : this;
    }

    /** Where a configuration lies; not a number where the quantity means nothing for it, or it has a value without a place. */
    double place(C configuration) {
        return applies(configuration) ? values.place(quantity.of().apply(configuration)) : Double.NaN;
    }

    /** A configuration with the value at a place. */
    C with(C configuration, double place) {
        return quantity.with().apply(configuration, values.value(place));
    }
}
