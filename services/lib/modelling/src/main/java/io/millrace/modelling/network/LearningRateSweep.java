package io.millrace.modelling.network;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;
import org.nd4j.linalg.schedule.ISchedule;

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
        Growth growth = new Growth(lowest, highest, steps);
        List<Step> done = new ArrayList<>();
        try (MiniBatches batches = new MiniBatches(
                        encoder.encode(table, rows),
                        target.encode(TargetCoding.of(table, rows), network.labelSmoothing()),
                        network.batchSize(),
                        seed);
                Network trained = Network.forTraining(
                        Architecture.of(network, encoder, target), new TrainingRules(network, growth, seed))) {
            boolean wanted = true;
            for (int step = 0; step < steps && wanted; step++) {
                if (step % batches.perEpoch() == 0) {
                    batches.shuffle();
                }
                double loss = batches.step(trained, step % batches.perEpoch());
                done.add(new Step(growth.valueAt(step, 0), loss));
                wanted = goOn.test(loss);
            }
        }
        return done;
    }

    private record Growth(double lowest, double highest, int steps) implements ISchedule {
        private static final long serialVersionUID = 1L;

        @Override
        public double valueAt(int iteration, int epoch) {
            return lowest * Math.pow(highest / lowest, (double) iteration / Math.max(1, steps - 1));
        }

        @Override
        public ISchedule clone() {
            return this;
        }
    }
}
