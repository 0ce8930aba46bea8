package io.millrace.modelling.layer;

/** A loss of the difference between one output and the truth. */
public interface PointLoss extends Loss {
    /** Loss of an error, output minus truth. */
    double of(double error);

    /** Its derivative by the error. */
    double slope(double error);

    /** Squared error, without the half that some put before it. */
    static PointLoss squared() {
        return new Squared();
    }

    /** Half the squared error up to {@code limit}, beyond it the tangent there (Huber 1964). */
    static PointLoss huber(double limit) {
        return new Huber(limit);
    }

    /** The pinball loss, least at the quantile {@code level} (Koenker and Bassett 1978). */
    static PointLoss quantile(double level) {
        return new Quantile(level);
    }

    @Override
    default double backward(Tensor outputs, float[] truth, float[] weights, int rows) {
        float[] z = outputs.values();
        int n = outputs.columns();
        double total = n * Loss.total(weights, rows);
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            double share = weights[r] / total;
            for (int i = r * n; i < (r + 1) * n; i++) {
                double error = z[i] - truth[i];
                loss += share * of(error);
                z[i] = (float) (share * slope(error));
            }
        }
        return loss;
    }

    /** e^2. */
    record Squared() implements PointLoss {
        @Override
        public double of(double error) {
            return error * error;
        }

        @Override
        public double slope(double error) {
            return 2 * error;
        }
    }

    /** e^2 / 2, then limit (|e| - limit / 2). */
    record Huber(double limit) implements PointLoss {
        @Override
        public double of(double error) {
            double size = Math.abs(error);
            return size <= limit ? error * error / 2 : limit * (size - limit / 2);
        }

        @Override
        public double slope(double error) {
            return Math.max(-limit, Math.min(limit, error));
        }
    }

    /** (1 - level) e above the truth, -level e below it. */
    record Quantile(double level) implements PointLoss {
        @Override
        public double of(double error) {
            return error * slope(error);
        }

        @Override
        public double slope(double error) {
            return error > 0 ? 1 - level : -level;
        }
    }
}
