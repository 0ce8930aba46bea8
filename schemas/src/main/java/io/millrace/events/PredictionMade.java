package io.millrace.events;

import java.util.Optional;

/**
 * Rows are predicted.
 *
 * @param model name of the model
 * @param run run that produced the model
 * @param modelSha256 sha256 of the model's archive
 * @param rows number of rows
 * @param predictions one line per row, in their order, as CSV: the prediction, and the probability of each class
 * @param inline the same as text, where the rows came as text and the event has room for it
 */
public record PredictionMade(
        String model, String run, String modelSha256, long rows, BlobRef predictions, Optional<String> inline)
        implements Event {}
