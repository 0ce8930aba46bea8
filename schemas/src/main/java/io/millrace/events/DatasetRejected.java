package io.millrace.events;

/**
 * The data set cannot be used; the run ends.
 *
 * @param name name of the data set
 * @param problem short machine-readable kind, such as {@code no-such-target}
 * @param message what is wrong; cut off after 2,000 characters, as is the remedy
 * @param remedy what to do about it
 */
public record DatasetRejected(String name, String problem, String message, String remedy) implements Event {
    public DatasetRejected {
        message = Wording.bounded(message);
        remedy = Wording.bounded(remedy);
    }
}
