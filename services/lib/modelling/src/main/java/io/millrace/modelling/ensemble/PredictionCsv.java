package io.millrace.modelling.ensemble;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Predictions as CSV (RFC 4180, but lines end with LF): column {@code prediction} with the label or the value, then one
 * column per class, named as its label, with its probability. A label that is itself a column of ours gets {@code p_}
 * in front. Numbers are the shortest decimals that read back as the same float.
 */
public final class PredictionCsv {
    private static final String PREDICTION = "prediction";
    private static final int FLUSH_CHARACTERS = 1 << 16;

    private PredictionCsv() {}

    /** Extra columns that stand before the prediction. */
    public interface Leading {
        /** Their headers. */
        List<String> header();

        /** Their cells in a row of the predictions. */
        List<String> cells(int row);
    }

    /** Writes the header and one line per row of the predictions. */
    public static void write(Appendable out, DatasetProfile profile, Matrix predictions) throws IOException {
        write(out, profile, predictions, new Leading() {
            @Override
            public List<String> header() {
                return List.of();
            }

            @Override
            public List<String> cells(int row) {
                return List.of();
            }
        });
    }

    /** The same with columns in front. */
    public static void write(Appendable out, DatasetProfile profile, Matrix predictions, Leading leading)
            throws IOException {
        boolean labels = profile.task().isClassification();
        List<String> classes = profile.classes().stream().map(CsvCell::quoted).toList();
        StringBuilder text = new StringBuilder();
        text.append(String.join(
                        ",",
                        header(profile, leading).stream().map(CsvCell::quoted).toList()))
                .append('\n');
        for (int r = 0; r < predictions.rows(); r++) {
            for (String cell : leading.cells(r)) {
                text.append(CsvCell.quoted(cell)).append(',');
            }
            if (labels) {
                text.append(classes.get(Scoring.argMax(predictions, r)));
                for (int c = 0; c < predictions.columns(); c++) {
                    ShortestDecimal.append(text.append(','), predictions.get(r, c));
                }
            } else {
                ShortestDecimal.append(text, predictions.get(r, 0));
            }
            text.append('\n');
            if (text.length() > FLUSH_CHARACTERS) {
                out.append(text);
                text.setLength(0);
            }
        }
        out.append(text);
    }

    private static List<String> header(DatasetProfile profile, Leading leading) {
        List<String> header = new ArrayList<>(leading.header());
        header.add(PREDICTION);
        for (String label : profile.classes()) {
            String name = label;
            while (header.contains(name)
                    || (!name.equals(label) && profile.classes().contains(name))) {
                name = "p_" + name;
            }
            header.add(name);
        }
        return header;
    }
}
