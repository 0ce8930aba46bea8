package io.millrace.events;

/**
 * Reference to an object in the configured object store.
 *
 * @param uri {@code blob:} and the key; there is no other scheme, so an event can never name a foreign place
 * @param sha256 lower-case hex digest, verified on read
 * @param bytes size
 */
public record BlobRef(String uri, String sha256, long bytes) {}
