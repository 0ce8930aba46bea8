package io.millrace.scorer.core;

import io.millrace.events.ModelPublished;

/**
 * A model as it was published.
 *
 * @param event id of the event, which tells versions of a name apart
 * @param model what was published
 */
public record Published(String event, ModelPublished model) {}
