package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Networks of one shape whose outputs are added up. One is in memory at a time, the others are nothing but their weights. */
final class StagedNetwork implements Predictor {
    private final Network network;
    private final List<float[]> stages;

    /** Weights of each stage, the first first. */
    StagedNetwork(Architecture shape, List<float[]> stages) {
        this.network = Network.forPrediction(shape);
        this.stages = List.copyOf(stages);
    }

    /** Reads what {@link #weights} gave; throws an IllegalArgumentException for weights of another shape. */
    static StagedNetwork of(Architecture shape, float[] weights) {
        int size;
        try (Network network = Network.forPrediction(shape)) {
            size = network.size();
        }
        if (weights.length % size != 0) {
            throw new IllegalArgumentException(weights.length + " parameters for stages that have " + size + " each");
        }
        List<float[]> stages = new ArrayList<>();
        for (int from = 0; from < weights.length; from += size) {
            stages.add(Arrays.copyOfRange(weights, from, from + size));
        }
        return new StagedNetwork(shape, stages);
    }

    @Override
    public Architecture shape() {
        return network.shape();
    }

    @Override
    public Matrix predict(Encoded rows) {
        StageSum sum = StageSum.of(rows, shape());
        for (float[] stage : stages) {
            network.restore(stage);
            sum.add(network);
        }
        return sum.outputs(shape().classification());
    }

    @Override
    public float[] weights() {
        float[] all = new float[stages.size() * network.size()];
        for (int stage = 0; stage < stages.size(); stage++) {
            System.arraycopy(stages.get(stage), 0, all, stage * network.size(), network.size());
        }
        return all;
    }

    @Override
    public void close() {
        network.close();
    }
}
