package io.millrace.dataset;

import java.util.Locale;

/** How predictions are scored. The wire name is the constant in lower case: {@code log_loss}, {@code rmse}. */
public enum Metric {
    /** Mean negative log likelihood in nats, probabilities clipped to 1e-15. */
    LOG_LOSS(false, true),
    /** Share of rows whose most probable class is the true one. */
    ACCURACY(true, true),
    /** Mean recall over the classes. */
    BALANCED_ACCURACY(true, true),
    /** Area under the receiver operating characteristic; macro one-vs-rest for more than two classes. */
    AUC(true, true),
    /** Macro-averaged F1; for two classes the F1 of the second class in label order. */
    F1(true, true),
    /** Root mean squared error, in units of the target. */
    RMSE(false, false),
    /** Mean absolute error, in units of the target. */
    MAE(false, false),
    /** Coefficient of determination. */
    R2(true, false);

    private final boolean higherIsBetter;
    private final boolean forClassification;

    Metric(boolean higherIsBetter, boolean forClassification) {
        this.higherIsBetter = higherIsBetter;
        this.forClassification = forClassification;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** Whether this metric can score the task. */
    public boolean fits(Task task) {
        return forClassification == task.isClassification();
    }

    /** The score as an error to minimise: the value itself, or its negation where higher is better. */
    public double asError(double score) {
        return higherIsBetter ? -score : score;
    }

    /** The name on the wire and on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is missing to the best value there is: the value itself, or 1 less it where higher is better; 0 is perfect. */
    public double shortfall(double value) {
        return higherIsBetter() ? 1 - value : value;
    }
}
