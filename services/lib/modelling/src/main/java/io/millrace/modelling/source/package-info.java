/**
 * Reads what users drop (CSV in any dialect, Parquet, JSON lines, gzipped or not) through DuckDB: first every cell as
 * text, then typed by {@link io.millrace.modelling.source.ColumnCast}, the one place that knows how.
 */
package io.millrace.modelling.source;
