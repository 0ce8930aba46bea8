package io.millrace.planner.core.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values without an order.
 *
 * @param all the values
 * @param counts how often each would be drawn of as many draws as they add up to, before anything was seen
 * @param <T> kind of value
 */
public record Choices<T>(List<T> all, List<Integer> counts) implements Values<T> {
    public Choices {
        all = List.copyOf(all);
        counts = List.copyOf(counts);
    }

    static <T> Choices<T> choices(T value, int count) {
        return new Choices<>(List.of(value), List.of(count));
    }

    /** One more choice. */
    Choices<T> or(T value, int count) {
        List<T> values = new ArrayList<>(all);
        List<Integer> more = new ArrayList<>(counts);
        values.add(value);
        more.add(count);
        return new Choices<>(values, more);
    }

    @Override
    public double place(T value) {
        int index = all.indexOf(value);
        return index < 0 ? Double.NaN : index;
    }

    @Override
    public T value(double place) {
        return all.get((int) place);
    }

    @Override
    public boolean contains(T value) {
        return all.contains(value);
    }

    @Override
    public Choices<T> near(T value) {
        return this;
    }

    @Override
    public double[] weights() {
        double sum = counts.stream().mapToInt(Integer::intValue).sum();
        return counts.stream().mapToDouble(count -> count / sum).toArray();
    }

    @Override
    public String toString() {
        return IntStream.range(0, all.size())
                .mapToObj(i -> name(all.get(i)) + " (" + counts.get(i) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String name(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() ? name(optional.get()) : "none";
        }
        return value instanceof Double number
                ? Stretch.plain(number)
                : value.toString().toLowerCase(Locale.ROOT);
    }
}
