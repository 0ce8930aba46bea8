package io.millrace.modelling.network;

import io.millrace.configuration.ClassWeights;
import io.millrace.configuration.NetworkConfiguration;
import java.util.Arrays;

/** How much training rows count; 1 on average. */
final class RowWeights {
    private RowWeights() {}

    /** Weights of rows by the classes they have; 1 for each where the target is a number. */
    static float[] of(NetworkConfiguration network, TargetCoding target, double[] targets) {
        float[] weights = new float[targets.length];
        Arrays.fill(weights, 1);
        if (target.classification() && network.classWeights().orElse(ClassWeights.EQUAL) == ClassWeights.BALANCED) {
            int[] counts = new int[target.outputs()];
            for (double value : targets) {
                counts[(int) value]++;
            }
            long present = Arrays.stream(counts).filter(count -> count > 0).count();
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) ((double) targets.length / present / counts[(int) targets[i]]);
            }
        }
        return weights;
    }
}
