package io.millrace.planner.core.space;

import java.util.List;

/**
 * What a dimension may be. A search that does not know what the values mean sees places: 0 to 1 where values have an order, the
 * number of a choice where they have none.
 *
 * @param <T> kind of value
 */
public sealed interface Values<T> permits Stretch, Ladder, Choices {
    /** Where a value lies; not a number for one that has no place. */
    double place(T value);

    /** The value at a place. */
    T value(double place);

    /** Whether a configuration of the family may have the value. */
    boolean contains(T value);

    /** Those that a variant of a configuration with a value may take. */
    Values<T> near(T value);

    /** How probable each choice is before anything was seen, adding up to 1; empty where values have an order. */
    double[] weights();

    /** Every value, where they can be counted; empty where they cannot. */
    List<T> all();
}
