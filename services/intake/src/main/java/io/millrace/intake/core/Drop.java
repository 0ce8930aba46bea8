package io.millrace.intake.core;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file in the inbox that is whole, with its settings.
 *
 * @param data the data set
 * @param side {@code NAME.json} beside it, if there is one
 * @param sideStays whether another data set of that name is there, which the side file is for too
 */
public record Drop(FileFacts data, Optional<FileFacts> side, boolean sideStays) {
    /** Both files. */
    public List<FileFacts> files() {
        return Stream.concat(Stream.of(data), side.stream()).toList();
    }

    /** Those that leave the inbox when the drop is dealt with. */
    public List<FileFacts> leaving() {
        return sideStays ? List.of(data) : files();
    }

    /**
     * What makes this drop the same as another one. The settings belong to it, so that the same file can be run again
     * with others; after a crash both files still lie there and say the same.
     */
    public String identity(String settings) {
        return "inbox\n" + data.name() + '\n' + data.bytes() + '\n' + data.modifiedMillis() + '\n' + settings;
    }
}
