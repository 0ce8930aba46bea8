package io.millrace.planner.core.space;

import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A quantity of configurations: how it is read and changed, whatever values a family gives it.
 *
 * @param name its name
 * @param unit what it is counted or measured in
 * @param of reads it
 * @param with a configuration with another value of it; what depends on it changes along
 * @param only where it means anything, in words; empty for everywhere
 * @param when whether it means anything, given what else was chosen
 * @param on whether it means anything on a data set
 * @param <C> kind of configuration
 * @param <T> kind of value
 */
public record Quantity<C extends Configuration, T>(
        String name,
        String unit,
        Function<C, T> of,
        BiFunction<C, T, C> with,
        String only,
        Predicate<C> when,
        Predicate<DatasetProfiled> on) {

    /** A quantity that always means something. */
    static <C extends Configuration, T> Quantity<C, T> quantity(
            String name, String unit, Function<C, T> of, BiFunction<C, T, C> with) {
        return new Quantity<>(name, unit, of, with, "", c -> true, d -> true);
    }

    /** The same, which depends on what else was chosen. */
    Quantity<C, T> when(String words, Predicate<C> others) {
        return new Quantity<>(name, unit, of, with, words, others, on);
    }

    /** The same, which depends on the data. */
    Quantity<C, T> on(String words, Predicate<DatasetProfiled> data) {
        return new Quantity<>(name, unit, of, with, words, when, data);
    }

    /** As a dimension of a family. */
    Dimension<C, T> in(Values<T> values, double moved, String source) {
        return new Dimension<>(this, values, moved, source);
    }
}
