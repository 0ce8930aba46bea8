package io.millrace.dataset;

/** Exact statistics of a numeric column over the rows that have a value; quantiles interpolate linearly. */
public record NumericStatistics(
        double minimum,
        double maximum,
        double mean,
        double standardDeviation,
        double quartile1,
        double median,
        double quartile3) {}
