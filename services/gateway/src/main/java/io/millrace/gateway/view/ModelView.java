package io.millrace.gateway.view;

import io.millrace.events.ModelPublished;

/**
 * The latest model of a name with everything that was published.
 *
 * @param summary the model in short
 * @param published the event that published it
 */
public record ModelView(ModelSummary summary, ModelPublished published) {}
