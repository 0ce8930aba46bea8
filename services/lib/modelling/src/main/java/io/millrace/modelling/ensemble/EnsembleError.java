package io.millrace.modelling.ensemble;

import io.millrace.dataset.Metric;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;

/** The error of an ensemble that grows member by member; the ensemble predicts the mean of its members. */
interface EnsembleError {
    /** The error if the candidate were the next member. */
    double with(int candidate);

    /** Makes the candidate a member, once more if it is one. */
    void add(int candidate);

    /** What rises with the error of a metric over candidates' predictions of the same rows. */
    static EnsembleError of(Metric metric, double[] target, Matrix[] candidates) {
        return switch (metric) {
            case LOG_LOSS -> LogLossError.of(target, candidates);
            case RMSE, R2 -> SquaredError.of(target, candidates);
            case MAE, ACCURACY, BALANCED_ACCURACY, AUC, F1 -> new ScoredError(metric, target, candidates);
        };
    }

    /** Scores the mixed predictions anew: right for every metric. */
    final class ScoredError implements EnsembleError {
        private final Metric metric;
        private final double[] target;
        private final Matrix[] candidates;
        private final float[] sum;
        private final Matrix mixed;
        private int members;

        ScoredError(Metric metric, double[] target, Matrix[] candidates) {
            this.metric = metric;
            this.target = target;
            this.candidates = candidates;
            this.mixed = Matrix.filled(candidates[0].rows(), candidates[0].columns(), 0);
            this.sum = new float[mixed.values().length];
        }

        @Override
        public double with(int candidate) {
            float[] values = mixed.values();
            float[] added = candidates[candidate].values();
            float share = 1f / (members + 1);
            for (int i = 0; i < values.length; i++) {
                values[i] = (sum[i] + added[i]) * share;
            }
            double error = metric.asError(Scoring.score(metric, target, mixed));
            return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        }

        @Override
        public void add(int candidate) {
            float[] added = candidates[candidate].values();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += added[i];
            }
            members++;
        }
    }
}
