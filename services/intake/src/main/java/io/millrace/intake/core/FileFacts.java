package io.millrace.intake.core;

/**
 * What a folder says of an entry, links not followed.
 *
 * @param name name within the folder
 * @param bytes size
 * @param modifiedMillis last change, milliseconds since 1970
 * @param regular whether it is a plain file, not a link, pipe or device
 */
public record FileFacts(String name, long bytes, long modifiedMillis, boolean regular) {}
