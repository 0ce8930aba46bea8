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
 * Trains a network while the learning rate grows exponentially, rate(p) = lowest * (highest / lowest)^p (Smith, arXiv
 * 1506.01186), and throws it away.
 *
 * @param lowest rate of the first step
 * @param highest rate of the last step
 * @param steps optimizer steps
 */
public record LearningRateSweep(double lowest, double highest, int steps) {
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
        NetworkEncoder encoder = NetworkEncoder.fit(table, rows);
        TargetCoding target = TargetCoding.fit(table, rows);
        Schedule growth = step -> lowest * Math.pow(highest / lowest, (double) step / Math.max(1, steps - 1));
        List<Step> done = new ArrayList<>();
        Encoded encoded = encoder.encodeTraining(table, rows);
        double[] targets = TargetCoding.of(table, rows);
        try (MiniBatches batches = new MiniBatches(
                encoded,
                target.encode(targets, network.labelSmoothing()),
                RowWeights.of(network, target, targets),
                network.batchSize(),
                seed)) {
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
