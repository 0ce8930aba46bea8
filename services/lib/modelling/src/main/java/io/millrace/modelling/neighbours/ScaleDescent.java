package io.millrace.modelling.neighbours;

import io.millrace.configuration.NeighboursConfiguration;
import io.millrace.modelling.layer.Adam;
import io.millrace.modelling.layer.Parameter;
import io.millrace.modelling.layer.SoftNeighbours;
import io.millrace.modelling.table.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns the scales: a step predicts some rows from the others and goes down the slope of log loss, or of the squared error of the
 * standardised target, by the scales' logarithms. Rows have no say in their own prediction.
 */
final class ScaleDescent implements AutoCloseable {
    /** Scales of columns that are no quantity begin so much smaller: levels are many columns, and most tell nothing. */
    private static final float OTHERS = 0.5f;

    /** Logarithms beyond which a column counts for nothing, or for all. */
    private static final float LEAST = -6;

    private static final float MOST = 4;
    /** As for networks, but of fewer squares: there are some hundred steps. */
    private static final double BETA_1 = 0.9;

    private static final double BETA_2 = 0.98;

    private final Memory memory;
    private final NeighboursConfiguration configuration;
    private final SplittableRandom random;
    private final Parameter logarithms;
    private final Adam adam;
    private final int[] order;
    private final int references;
    private final int batch;
    private final SoftNeighbours neighbours;
    private int steps;

    ScaleDescent(Memory memory, NeighboursConfiguration configuration, List<Integer> numbers, long seed) {
        int rows = memory.rows().rows();
        int columns = memory.rows().columns();
        this.memory = memory;
        this.configuration = configuration;
        this.random = new SplittableRandom(seed);
        float[] start = new float[columns];
        Arrays.fill(start, (float) Math.log(configuration.scale() * OTHERS));
        numbers.forEach(column -> start[column] = (float) Math.log(configuration.scale()));
        this.logarithms = new Parameter(start, new float[columns], 1, false);
        this.adam = new Adam(List.of(logarithms), BETA_1, BETA_2);
        this.order = new int[rows];
        Arrays.setAll(order, row -> row);
        this.references = Math.min(rows, NeighboursConfiguration.STEP_REFERENCES);
        this.batch = Math.min(configuration.batchSize(), references);
        this.neighbours =
                new SoftNeighbours(references, batch, columns, memory.targets().columns());
    }

    /** Some steps; gives the mean loss of their rows. */
    double steps(int count) {
        double sum = 0;
        for (int step = 0; step < count; step++) {
            sum += step();
        }
        return sum / count;
    }

    private double step() {
        draw();
        int[] asked = Arrays.copyOf(order, batch);
        neighbours.refer(memory.rows(), memory.targets(), Arrays.copyOf(order, references), scales());
        Matrix predictions = neighbours.predict(memory.rows(), asked, true);
        Matrix slopes = Matrix.filled(batch, predictions.columns(), 0);
        double loss = loss(memory.doubted(predictions.copy()), asked, slopes);
        neighbours.gradient(memory.rows(), asked, predictions, slopes, logarithms.gradient());
        float[] values = logarithms.values();
        double penalty = configuration.l1() / order.length;
        for (int c = 0; c < values.length; c++) {
            logarithms.gradient()[c] += (float) (penalty * Math.exp(values[c]));
        }
        // Full steps in the first half, ever smaller ones in the second.
        double left = 2 * (1 - (double) steps / configuration.steps());
        adam.step(configuration.learningRate() * Math.min(1, left), 0);
        for (int c = 0; c < values.length; c++) {
            values[c] = Math.max(LEAST, Math.min(MOST, values[c]));
        }
        steps++;
        return loss;
    }

    /** Mean loss of predictions; fills its derivatives by what the neighbours predicted. */
    private double loss(Matrix predictions, int[] asked, Matrix slopes) {
        double sum = 0;
        float each = memory.trust() / batch;
        for (int q = 0; q < batch; q++) {
            for (int k = 0; k < predictions.columns(); k++) {
                float truth = memory.targets().get(asked[q], k);
                float said = predictions.get(q, k);
                if (predictions.columns() == 1) {
                    sum += (said - truth) * (said - truth);
                    slopes.set(q, k, 2 * each * (said - truth));
                } else if (truth > 0) {
                    sum -= Math.log(said);
                    slopes.set(q, k, -each / said);
                }
            }
        }
        return sum / batch;
    }

    /** Brings other rows to the front: the batch, and the references behind it. */
    private void draw() {
        for (int i = 0; i < Math.min(references, order.length - 1); i++) {
            int j = random.nextInt(i, order.length);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    /** The scales as they stand. */
    float[] scales() {
        float[] scales = logarithms.values().clone();
        for (int c = 0; c < scales.length; c++) {
            scales[c] = (float) Math.exp(scales[c]);
        }
        return scales;
    }

    @Override
    public void close() {
        neighbours.close();
    }
}
