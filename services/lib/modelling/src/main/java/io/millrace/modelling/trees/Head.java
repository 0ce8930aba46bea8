package io.millrace.modelling.trees;

import io.millrace.modelling.table.Matrix;

/** Writes raw outputs of boosters as predictions: probabilities per class, or values in units of the target. */
final class Head {
    private Head() {}

    /** Predictions of boosting: XGBoost gives the chance of the second class, of every class, or a scaled value. */
    static void boosting(Form form, float[][] raw, Matrix predictions, int from) {
        for (int r = 0; r < raw.length; r++) {
            if (!form.isClassification()) {
                predictions.set(from + r, 0, (float) (form.mean() + form.scale() * raw[r][0]));
            } else if (form.outputs() == 2) {
                predictions.set(from + r, 0, 1 - raw[r][0]);
                predictions.set(from + r, 1, raw[r][0]);
            } else {
                for (int c = 0; c < form.outputs(); c++) {
                    predictions.set(from + r, c, raw[r][c]);
                }
            }
        }
    }

    /**
     * Predictions of a forest. A mean of leaf shares is an estimate from few rows and may be exactly 0: it is clipped to
     * [0, 1] and mixed with the classes' shares as if one more tree had voted those.
     *
     * @param votes per row the mean over the trees, one column as in {@link Form#votes()}
     * @param trees number of trees
     */
    static void forest(Form form, float[][] votes, int trees, Matrix predictions, int from) {
        for (int r = 0; r < votes.length; r++) {
            if (!form.isClassification()) {
                predictions.set(from + r, 0, (float) (form.mean() + form.scale() * votes[r][0]));
                continue;
            }
            double[] mixed = new double[form.outputs()];
            double total = 0;
            for (int c = 0; c < mixed.length; c++) {
                double share = form.votes() > 1 ? votes[r][c] : c == 1 ? votes[r][0] : 1 - votes[r][0];
                mixed[c] = Math.min(1, Math.max(0, share)) * trees + form.prior()[c];
                total += mixed[c];
            }
            for (int c = 0; c < mixed.length; c++) {
                predictions.set(from + r, c, (float) (mixed[c] / total));
            }
        }
    }
}
