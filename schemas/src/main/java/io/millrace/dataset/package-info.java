/** The vocabulary of data sets: task, metric, columns and the profile that the profiler writes. */
package io.millrace.dataset;
