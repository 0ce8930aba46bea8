package io.millrace.modelling.network;

import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.modelling.layer.PointLoss;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.score.Scoring;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;

/**
 * Between targets and what a network puts out: classes as one-hot rows, numbers standardised by the training
 * rows and clamped to their range on the way back.
 *
 * @param outputs classes, or 1
 * @param classification whether the target is a class
 * @param mean mean of the training rows; 0 for classes
 * @param deviation standard deviation of the training rows, 1 where it is 0; 1 for classes
 * @param minimum least value of the training rows
 * @param maximum greatest value of the training rows
 */
public record TargetCoding(
        int outputs, boolean classification, double mean, double deviation, double minimum, double maximum) {

    /** Fits on training rows. */
    public static TargetCoding fit(Table table, int[] rows) {
        DatasetProfile profile = table.profile();
        if (profile.task().isClassification()) {
            return new TargetCoding(profile.outputs(), true, 0, 1, 0, 0);
        }
        double sum = 0;
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int row : rows) {
            double value = table.target()[row];
            sum += value;
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
        }
        double mean = sum / rows.length;
        double squares = 0;
        for (int row : rows) {
            squares += (table.target()[row] - mean) * (table.target()[row] - mean);
        }
        double deviation = Math.sqrt(squares / rows.length);
        return new TargetCoding(1, false, mean, deviation > 0 ? deviation : 1, minimum, maximum);
    }

    /** What the network should put out for each target. */
    public Matrix encode(double[] targets) {
        if (!classification) {
            Matrix labels = Matrix.filled(targets.length, 1, 0);
            for (int i = 0; i < targets.length; i++) {
                labels.set(i, 0, (float) ((targets[i] - mean) / deviation));
            }
            return labels;
        }
        Matrix labels = Matrix.filled(targets.length, outputs, 0);
        for (int i = 0; i < targets.length; i++) {
            labels.set(i, (int) targets[i], 1);
        }
        return labels;
    }

    /** Predictions in units of the target; probabilities stay as they are. Changes the matrix and returns it. */
    public Matrix decode(Matrix output) {
        if (!classification) {
            for (int r = 0; r < output.rows(); r++) {
                double value = output.get(r, 0) * deviation + mean;
                output.set(r, 0, (float) Math.max(minimum, Math.min(maximum, value)));
            }
        }
        return output;
    }

    /** Mean log loss in nats, or mean loss of errors in units of the deviation, of decoded predictions. */
    public double loss(double[] targets, Matrix decoded, PointLoss ofNumbers) {
        if (classification) {
            return Scoring.score(Metric.LOG_LOSS, targets, decoded);
        }
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum += ofNumbers.of((decoded.get(i, 0) - targets[i]) / deviation);
        }
        return sum / targets.length;
    }

    /**
     * A point of a curve where numbers are judged by squared errors; the loss stands in where the metric is undefined, as AUC is for one class.
     *
     * @param truth targets of validation rows
     * @param decoded predictions of them
     */
    public Point point(TrainingJob job, int step, double trainingLoss, double[] truth, Matrix decoded) {
        double loss = loss(truth, decoded, PointLoss.squared());
        double error = job.metric().asError(Scoring.score(job.metric(), truth, decoded));
        return new Point(step, trainingLoss, loss, Double.isNaN(error) ? loss : error);
    }

    /** Targets of rows. */
    public static double[] of(Table table, int[] rows) {
        double[] targets = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            targets[i] = table.target()[rows[i]];
        }
        return targets;
    }
}
