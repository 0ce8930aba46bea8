package io.millrace.runtime;

import io.millrace.events.Event;

/**
 * An event that a handler wants published; the runtime adds id, key, cause and trace.
 *
 * @param subject work id of the new event
 * @param event payload
 */
public record Emission(String subject, Event event) {}
