package io.millrace.evaluator;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.ensemble.Holdout;
import io.millrace.modelling.ensemble.PredictionCsv;
import io.millrace.modelling.table.Matrix;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Predictions on the holdout as CSV: 0-based row of the source, the truth under the target's name, the prediction. */
final class HoldoutCsv {
    private HoldoutCsv() {}

    static void write(Path file, Holdout holdout, Matrix predictions) throws IOException {
        DatasetProfile profile = holdout.table().profile();
        double[] target = holdout.table().target();
        PredictionCsv.Leading leading = new PredictionCsv.Leading() {
            @Override
            public List<String> header() {
                return List.of("row", profile.target());
            }

            @Override
            public List<String> cells(int row) {
                String truth = profile.task().isClassification()
                        ? profile.classes().get((int) target[row])
                        : Double.toString(target[row]);
                return List.of(holdout.sourceRows().get(row).toString(), truth);
            }
        };
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            PredictionCsv.write(out, profile, predictions, leading);
        }
    }
}
