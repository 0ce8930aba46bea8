package io.millrace.intake;

import io.millrace.events.RunSettings;
import io.millrace.intake.core.RefusedException;
import io.millrace.runtime.submission.InvalidSettingsException;
import io.millrace.runtime.submission.RunSettingsParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The side file of a drop.
 *
 * @param name its name; empty where there is none
 * @param text what it says; empty where there is none
 */
record DropSettings(String name, String text) {
    static final DropSettings NONE = new DropSettings("", "");
    private static final int MOST_BYTES = 64 * 1024 + 1;

    /** Reads a side file, as much of it as settings can be. */
    static DropSettings read(String name, InputStream side) throws IOException {
        return new DropSettings(name, new String(side.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
    }

    /** What it asks for. */
    RunSettings parsed() throws RefusedException {
        try {
            return name.isEmpty()
                    ? RunSettingsParser.parse(Map.of())
                    : RunSettingsParser.parseJson(text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidSettingsException e) {
            throw new RefusedException(
                    "bad-settings",
                    "The side file " + name + " cannot be used: " + e.getMessage() + ".",
                    "Correct the side file and drop both files again.");
        }
    }
}
