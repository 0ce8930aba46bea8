package io.millrace.runtime.blob;

/**
 * An object in a bucket as the store describes it.
 *
 * @param name key without the prefix of its bucket
 * @param bytes size
 * @param modifiedSeconds when it was put there, seconds since 1970: all that every answer of a store tells
 * @param eTag the store's tag of its content
 */
public record StoredObject(String name, long bytes, long modifiedSeconds, String eTag) {}
