package io.millrace.modelling.network;

import io.millrace.configuration.LearningRateRange;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * Trains a network while the learning rate grows (Smith, arXiv 1506.01186), and throws it away.
 *
 * @param spacing how it grows
 * @param lowest rate of the first step
 * @param highest rate of the last step
 * @param steps optimizer steps
 */
public record LearningRateSweep(Spacing spacing, double lowest, double highest, int steps) {
    /** How the rate grows over the sweep. */
    public enum Spacing {
        /** By the same factor at every step: lowest * (highest / lowest)^p. */
        EXPONENTIAL {
            @Override
            double rate(double lowest, double highest, double p) {
                return lowest * Math.pow(highest / lowest, p);
            }
        },
        /** By the same amount at every step: lowest + (highest - lowest) p. */
        LINEAR {
            @Override
            double rate(double lowest, double highest, double p) {
                return lowest + (highest - lowest) * p;
            }
        };

        /** The rate at a share of the sweep, 0 to 1. */
        abstract double rate(double lowest, double highest, double p);
    }

    /** The rate of a step and the mean loss of its batch before it. */
    public record Step(double rate, double loss) {}

    /**
     * Sweeps on the calling thread, in batches that are shuffled anew whenever the rows are used up.
     *
     * @param rows rows to train on
     * @param goOn told every loss; the sweep ends when it says no
     * @return the steps done, the last one included
     */
    public List<Step> run(Table table, int[] rows, NetworkConfiguration network, long seed, DoublePredicate goOn) {
        NetworkEncoder encoder = NetworkLearner.encoder(network, table, rows);
        TargetCoding target = TargetCoding.fit(table, rows);
        Schedule growth = step -> spacing.rate(lowest, highest, (double) step / Math.max(1, steps - 1));
        List<Step> done = new ArrayList<>();
        Encoded encoded = encoder.encodeTraining(table, rows);
        double[] targets = TargetCoding.of(table, rows);
        try (MiniBatches batches = new MiniBatches(
                encoded, target.encode(targets), RowWeights.of(network, target, targets), network.batchSize(), seed)) {
            batches.shuffle();
            Architecture shape = Architecture.of(network, encoder, target, encoded);
            try (Network swept = new Network(shape, batches.size(), seed)) {
                batches.calibrate(swept);
                Network.Training training =
                        swept.training(Recipe.rules(network, new LearningRateRange(lowest, highest), steps, seed)
                                .withRate(growth));
                boolean wanted = true;
                for (int step = 0; step < steps && wanted; step++) {
                    if (step > 0 && step % batches.perEpoch() == 0) {
                        batches.shuffle();
                    }
                    double loss = batches.step(training, step % batches.perEpoch());
                    done.add(new Step(growth.at(step), loss));
                    wanted = goOn.test(loss);
                }
            }
        }
        return done;
    }
}
