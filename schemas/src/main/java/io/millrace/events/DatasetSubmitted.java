package io.millrace.events;

import java.time.Instant;

/**
 * A data set was dropped: a run begins.
 *
 * @param name name of the data set and of the model that will be published
 * @param fileName name of the file as dropped; its ending tells the format
 * @param data the bytes as dropped
 * @param settings what the user asked for
 * @param submittedAt when the budget's clock started
 */
public record DatasetSubmitted(String name, String fileName, BlobRef data, RunSettings settings, Instant submittedAt)
        implements Event {}
