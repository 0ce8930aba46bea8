package io.millrace.modelling.encode;

import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What two numbers are together, missing where one of them is. A tree cuts along one column at a time, so that what depends on a
 * difference or a ratio takes it a staircase of cuts through both; a network that multiplies or divides takes many units. Sums and
 * differences are those of both in units of their own, so that neither drowns the other.
 *
 * @param operation what is made of them
 * @param first the one
 * @param second the other
 */
public record NumberPair(Operation operation, Operand first, Operand second) {
    /** What may be made of two numbers. */
    public enum Operation {
        SUM,
        DIFFERENCE,
        PRODUCT,
        RATIO
    }

    /** All that may be made of two numbers. */
    public static List<NumberPair> of(Operand first, Operand second) {
        return Arrays.stream(Operation.values())
                .map(operation -> new NumberPair(operation, first, second))
                .toList();
    }

    /** Its value in a row of a table; NaN where it is missing, or no number that a float holds. */
    public IntToDoubleFunction in(Table table) {
        IntToDoubleFunction ones = first.in(table);
        IntToDoubleFunction others = second.in(table);
        return row -> {
            double value = of(ones.applyAsDouble(row), others.applyAsDouble(row));
            return Float.isFinite((float) value) ? value : Double.NaN;
        };
    }

    private double of(double one, double other) {
        return switch (operation) {
            case SUM -> first.scaled(one) + second.scaled(other);
            case DIFFERENCE -> first.scaled(one) - second.scaled(other);
            case PRODUCT -> one * other;
            case RATIO -> one / other;
        };
    }
}
