package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.layer.Inputs;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Shuffle;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Training rows in batches of one size, in a new order each epoch; the rows that fill no batch wait for the next epoch. */
final class MiniBatches implements AutoCloseable {
    private static final int LEAST = 8;
    private static final int LEAST_STEPS = 4;

    private final Encoded rows;
    private final Matrix labels;
    private final float[] weights;
    private final int size;
    private final int[] order;
    private final SplittableRandom random;
    private final Inputs inputs;
    private final float[] truth;
    private final float[] counts;
    private Matrix starts = Matrix.filled(0, 0, 0);
    private float[] start = {};

    /**
     * Batches of the size asked for, but on few rows as small as it takes for four steps per epoch, and at least 8.
     *
     * @param weights how much each row counts
     */
    MiniBatches(Encoded rows, Matrix labels, float[] weights, int asked, long seed) {
        this.rows = rows;
        this.labels = labels;
        this.weights = weights;
        this.size = sizeFor(rows.rows(), asked);
        this.order = IntStream.range(0, rows.rows()).toArray();
        this.random = new SplittableRandom(seed);
        this.inputs = Inputs.of(size, rows.dense().columns(), rows.codeColumns());
        this.truth = new float[size * labels.columns()];
        this.counts = new float[size];
    }

    static int sizeFor(int rows, int asked) {
        return Math.min(rows, Math.max(Math.min(LEAST, asked), Math.min(asked, rows / LEAST_STEPS)));
    }

    /**
     * Has numbers added to the outputs of the rows before they are held against the labels: training goes on from what others
     * predict. Changes of the matrix count from the next step on.
     */
    void startFrom(Matrix outputs) {
        starts = outputs;
        start = new float[size * outputs.columns()];
    }

    /** Rows of every batch. */
    int size() {
        return size;
    }

    int perEpoch() {
        return order.length / size;
    }

    /** Begins an epoch. */
    void shuffle() {
        Shuffle.inPlace(order, random);
    }

    /** Fits the initial weights of a network to a first batch. */
    void calibrate(Network network) {
        BatchRows.gather(rows, order, 0, size, inputs);
        network.calibrate(inputs, size);
    }

    /** One step on a batch of this epoch; the mean loss before the step. */
    double step(Network.Training training, int batch) {
        BatchRows.gather(rows, order, batch * size, size, inputs);
        BatchRows.gather(labels, order, batch * size, size, truth);
        BatchRows.gather(weights, order, batch * size, size, counts);
        if (start.length > 0) {
            BatchRows.gather(starts, order, batch * size, size, start);
        }
        return training.step(inputs, truth, counts, start, size);
    }

    @Override
    public void close() {
        inputs.close();
    }
}
