package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.table.Matrix;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Deeplearning4j graph with its native memory. */
final class Network implements AutoCloseable {
    private static final int CHUNK = 1024;

    private final Architecture shape;
    private final ComputationGraph graph;

    private Network(Architecture shape, ComputationGraphConfiguration plan) {
        NativeBackend.load();
        this.shape = shape;
        this.graph = new ComputationGraph(plan);
        graph.init();
    }

    /** A network with initial weights. */
    static Network forTraining(Architecture shape, TrainingRules rules) {
        return new Network(shape, GraphPlan.forTraining(shape, rules));
    }

    /** A network with given weights that only predicts. */
    static Network forPrediction(Architecture shape, float[] parameters) {
        Network network = new Network(shape, GraphPlan.forPrediction(shape));
        network.restore(parameters);
        return network;
    }

    Architecture shape() {
        return shape;
    }

    /** One optimizer step; the mean loss of the batch before it. */
    double step(InputBlock inputs, NativeRows targets) {
        graph.fit(inputs.arrays(), new INDArray[] {targets.array()});
        return graph.score();
    }

    /** Outputs of all rows. */
    Matrix predict(Encoded rows) {
        Matrix outputs = Matrix.filled(rows.rows(), shape.outputs(), 0);
        int[] order = IntStream.range(0, rows.rows()).toArray();
        int whole = rows.rows() / CHUNK * CHUNK;
        if (whole > 0) {
            predict(rows, order, 0, whole, CHUNK, outputs);
        }
        if (whole < rows.rows()) {
            predict(rows, order, whole, rows.rows(), rows.rows() - whole, outputs);
        }
        return outputs;
    }

    private void predict(Encoded rows, int[] order, int from, int to, int chunk, Matrix into) {
        try (InputBlock inputs = new InputBlock(chunk, shape.dense(), shape.codeColumns())) {
            for (int at = from; at < to; at += chunk) {
                inputs.load(rows, order, at);
                try (INDArray output = graph.outputSingle(false, inputs.arrays())) {
                    pointer(output).get(into.values(), at * shape.outputs(), chunk * shape.outputs());
                }
            }
        }
    }

    /** A copy of all weights. */
    float[] parameters() {
        float[] copy = new float[Math.toIntExact(graph.numParams())];
        pointer(graph.params()).get(copy, 0, copy.length);
        return copy;
    }

    /** Overwrites all weights; throws an IllegalArgumentException when there are more or fewer. */
    void restore(float[] parameters) {
        if (parameters.length != graph.numParams()) {
            throw new IllegalArgumentException(
                    parameters.length + " parameters for a network that has " + graph.numParams());
        }
        pointer(graph.params()).put(parameters, 0, parameters.length);
    }

    private static FloatPointer pointer(INDArray array) {
        return (FloatPointer) array.data().pointer().position(0);
    }

    @Override
    public void close() {
        graph.close();
        NativeBackend.releaseThread();
    }
}
