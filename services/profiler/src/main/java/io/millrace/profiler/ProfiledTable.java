package io.millrace.profiler;

import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import java.nio.file.Path;

/**
 * A data set that can be learnt from.
 *
 * @param profile what is known of it
 * @param parquet the typed table
 * @param metric what is optimised
 * @param textTerms terms of all text features that networks will see, about
 */
record ProfiledTable(DatasetProfile profile, Path parquet, Metric metric, int textTerms) {}
