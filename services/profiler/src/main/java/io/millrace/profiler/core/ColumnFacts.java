package io.millrace.profiler.core;

import io.millrace.modelling.source.NumberFormat;
import java.util.List;
import java.util.Map;

/**
 * Exact counts over one column of text cells.
 *
 * @param name header
 * @param rows rows looked at
 * @param present rows with a value, missing markers not counted
 * @param distinct distinct values
 * @param markers common missing markers that occur
 * @param numbers rows that are a number, by way of writing; only plain ones are counted where all are plain
 * @param distinctNonNumbers distinct values that are no plain number
 * @param integers rows that are a plain integer
 * @param minimum smallest plain number; NaN where there is none
 * @param maximum largest plain number; NaN where there is none
 * @param longest characters of the longest value
 * @param meanWords mean words of a value
 * @param geometries rows that are well-known text such as {@code POINT (1 2)}
 * @param dates rows that are dates, by strptime pattern; only patterns that occur
 * @param top the most frequent values, at most eight, long ones cut off
 */
public record ColumnFacts(
        String name,
        long rows,
        long present,
        long distinct,
        List<String> markers,
        Map<NumberFormat, Long> numbers,
        long distinctNonNumbers,
        long integers,
        double minimum,
        double maximum,
        long longest,
        double meanWords,
        long geometries,
        Map<String, Long> dates,
        List<String> top) {

    public ColumnFacts {
        markers = List.copyOf(markers);
        numbers = Map.copyOf(numbers);
        dates = Map.copyOf(dates);
        top = List.copyOf(top);
    }

    public long missing() {
        return rows - present;
    }

    /** These facts and what was counted of how the values are written. */
    public ColumnFacts with(
            Map<NumberFormat, Long> newNumbers, double newMeanWords, long newGeometries, Map<String, Long> newDates) {
        return new ColumnFacts(
                name,
                rows,
                present,
                distinct,
                markers,
                newNumbers,
                distinctNonNumbers,
                integers,
                minimum,
                maximum,
                longest,
                newMeanWords,
                newGeometries,
                newDates,
                top);
    }

    /** Rows written as numbers of this kind. */
    public long numbers(NumberFormat format) {
        return numbers.getOrDefault(format, 0L);
    }
}
