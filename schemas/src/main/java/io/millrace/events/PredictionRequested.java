package io.millrace.events;

import java.util.Optional;

/**
 * Somebody wants rows predicted by the latest model of a name. One of {@code rows} and {@code inline} is there. The key of the
 * record is chosen by who asks and comes back with the answer.
 *
 * @param model name of the model
 * @param rows the rows as a file in the object store: CSV, Parquet or JSON lines
 * @param inline the rows themselves as text: CSV with a header line, or JSON lines
 */
public record PredictionRequested(String model, Optional<BlobRef> rows, Optional<String> inline) implements Event {}
