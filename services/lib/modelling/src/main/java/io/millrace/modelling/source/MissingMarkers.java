package io.millrace.modelling.source;

import java.util.List;

/** Texts that mean "no value" by common agreement. {@code unknown} and {@code none} are not among them: they are answers. */
public final class MissingMarkers {
    /** Read as missing wherever they fill a cell. The empty cell is missing anyway. */
    public static final List<String> COMMON =
            List.of("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "null", "NULL", "Null", "\\N", "?");

    private MissingMarkers() {}
}
