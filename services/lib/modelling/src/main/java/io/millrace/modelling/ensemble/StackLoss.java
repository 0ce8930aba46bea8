package io.millrace.modelling.ensemble;

import java.util.Arrays;

/** Mean loss of a {@link Stack} over the rows that it is fitted to, by its parameters: a weight per member, then a bias per output. */
interface StackLoss {
    /**
     * The loss at some parameters.
     *
     * @param gradient set to the derivatives by the parameters; null where they are not wanted
     */
    double at(double[] parameters, double[] gradient);

    /** Log loss, in nats: every row counts anew. */
    final class CrossEntropy implements StackLoss {
        private final double[][] terms;
        private final double[] target;
        private final int outputs;

        /**
         * @param terms per member what it adds to the score of each class of each row
         * @param target class index per row
         */
        CrossEntropy(double[][] terms, double[] target, int outputs) {
            this.terms = terms;
            this.target = target;
            this.outputs = outputs;
        }

        @Override
        public double at(double[] parameters, double[] gradient) {
            if (gradient != null) {
                Arrays.fill(gradient, 0);
            }
            double sum = 0;
            double[] z = new double[outputs];
            for (int r = 0; r < target.length; r++) {
                for (int c = 0; c < outputs; c++) {
                    z[c] = parameters[terms.length + c];
                    for (int j = 0; j < terms.length; j++) {
                        z[c] += parameters[j] * terms[j][r * outputs + c];
                    }
                }
                sum += differentiate(z, (int) target[r]);
                if (gradient != null) {
                    addTo(gradient, z, r);
                }
            }
            for (int i = 0; gradient != null && i < gradient.length; i++) {
                gradient[i] /= target.length;
            }
            return sum / target.length;
        }

        /** The loss of a row, whose scores become its derivatives by them. */
        private static double differentiate(double[] z, int truth) {
            double most = z[0];
            for (double score : z) {
                most = Math.max(most, score);
            }
            double total = 0;
            double ofTruth = z[truth] - most;
            for (int c = 0; c < z.length; c++) {
                z[c] = Math.exp(z[c] - most);
                total += z[c];
            }
            for (int c = 0; c < z.length; c++) {
                z[c] = z[c] / total - (c == truth ? 1 : 0);
            }
            return Math.log(total) - ofTruth;
        }

        private void addTo(double[] gradient, double[] dz, int row) {
            for (int c = 0; c < outputs; c++) {
                gradient[terms.length + c] += dz[c];
                for (int j = 0; j < terms.length; j++) {
                    gradient[j] += dz[c] * terms[j][row * outputs + c];
                }
            }
        }
    }

    /** Squared error, a quadratic form of the parameters: rows count once, when it is made. */
    final class Squares implements StackLoss {
        /** Mean products of what enters the sum, the members' terms and a 1, with each other, */
        private final double[][] products;
        /** with the target, */
        private final double[] withTarget;
        /** and of the target with itself. */
        private final double ofTarget;

        /**
         * @param terms per member what it adds to the prediction of each row
         * @param target value per row
         */
        Squares(double[][] terms, double[] target) {
            double[][] inputs = Arrays.copyOf(terms, terms.length + 1);
            inputs[terms.length] = new double[target.length];
            Arrays.fill(inputs[terms.length], 1);
            products = new double[inputs.length][inputs.length];
            withTarget = new double[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                withTarget[i] = meanProduct(inputs[i], target);
                for (int j = 0; j <= i; j++) {
                    products[i][j] = meanProduct(inputs[i], inputs[j]);
                    products[j][i] = products[i][j];
                }
            }
            ofTarget = meanProduct(target, target);
        }

        private static double meanProduct(double[] a, double[] b) {
            double sum = 0;
            for (int r = 0; r < a.length; r++) {
                sum += a[r] * b[r];
            }
            return sum / a.length;
        }

        @Override
        public double at(double[] parameters, double[] gradient) {
            double loss = ofTarget;
            for (int i = 0; i < parameters.length; i++) {
                double mixed = 0;
                for (int j = 0; j < parameters.length; j++) {
                    mixed += products[i][j] * parameters[j];
                }
                loss += parameters[i] * (mixed - 2 * withTarget[i]);
                if (gradient != null) {
                    gradient[i] = 2 * (mixed - withTarget[i]);
                }
            }
            return loss;
        }
    }
}
