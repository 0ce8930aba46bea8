package io.millrace.runtime.submission;

import io.millrace.events.RunSettings;

/**
 * A data set that someone drops, without its bytes.
 *
 * @param name name of the data set and of the model to come; sanitised as {@link DatasetName} says
 * @param fileName name of the file as dropped, made safe likewise; its ending tells the format
 * @param identity what makes this drop the same as another one: dropped again with the same bytes it is the same run
 * @param settings what the user asked for
 */
public record Submission(String name, String fileName, String identity, RunSettings settings) {
    public Submission {
        name = DatasetName.sanitise(name);
        fileName = DatasetName.safeFile(fileName);
    }
}
