package io.millrace.modelling.network;

import io.millrace.modelling.encode.Encoded;
import io.millrace.modelling.layer.Front;
import io.millrace.modelling.layer.GradientClip;
import io.millrace.modelling.layer.Inputs;
import io.millrace.modelling.layer.Layer;
import io.millrace.modelling.layer.Loss;
import io.millrace.modelling.layer.MemberLoss;
import io.millrace.modelling.layer.Parameter;
import io.millrace.modelling.layer.SoftThreshold;
import io.millrace.modelling.layer.Softmax;
import io.millrace.modelling.layer.Stepper;
import io.millrace.modelling.layer.Tensor;
import io.millrace.modelling.layer.WeightAverage;
import io.millrace.modelling.learn.LearningCurve.Gradient;
import io.millrace.modelling.table.Matrix;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A front and layers, with the memory for batches of a certain size. */
final class Network implements Predictor {
    /** Rows predicted at a time; enough for products to run at full speed, few enough to stay in the cache. */
    private static final int CHUNK = 256;

    private final Architecture shape;
    private final int capacity;
    private final Front front;
    private final List<Layer> layers;
    /** The first layer that is trained; below it only the front may want gradients. */
    private final int lowest;

    private final List<Parameter> parameters = new ArrayList<>();

    /**
     * A network with initial weights.
     *
     * @param batch most rows of a training step
     */
    Network(Architecture shape, int batch, long seed) {
        NativeBackend.load();
        SplittableRandom random = new SplittableRandom(seed);
        this.shape = shape;
        this.capacity = Math.max(batch, CHUNK);
        this.front = new Front(shape.front(), capacity, random);
        this.layers = new LayerStack(shape, capacity, random).layers();
        parameters.addAll(front.parameters());
        layers.forEach(layer -> parameters.addAll(layer.parameters()));
        this.lowest = (int)
                layers.stream().takeWhile(layer -> layer.parameters().isEmpty()).count();
    }

    /** A network that only predicts, once it has been given weights. */
    static Network forPrediction(Architecture shape) {
        return new Network(shape, CHUNK, 0);
    }

    /** A network with given weights that only predicts. */
    static Network forPrediction(Architecture shape, float[] weights) {
        Network network = forPrediction(shape);
        try {
            network.restore(weights);
        } catch (IllegalArgumentException e) {
            network.close();
            throw e;
        }
        return network;
    }

    @Override
    public Architecture shape() {
        return shape;
    }

    /** Changes the weights of this network, with a memory of its own. */
    Training training(TrainingRules rules) {
        return new Training(rules, rules.stepper(parameters));
    }

    /** Fits initial weights to a first batch where the recipe asks for it. */
    void calibrate(Inputs batch, int rows) {
        Tensor values = front.forward(batch, rows);
        for (Layer layer : layers) {
            layer.calibrate(values, rows);
            values = layer.forward(values, rows, false);
        }
    }

    private Tensor forward(Inputs batch, int rows, boolean training) {
        Tensor values = front.forward(batch, rows);
        for (Layer layer : layers) {
            values = layer.forward(values, rows, training);
        }
        return values;
    }

    private void backward(Tensor gradient, int rows) {
        Tensor values = gradient;
        int last = front.learns() ? 0 : lowest;
        for (int l = layers.size() - 1; l >= last; l--) {
            values = layers.get(l).backward(values, rows, l > last || front.learns());
        }
        if (front.learns()) {
            front.backward(values, rows);
        }
    }

    @Override
    public Matrix predict(Encoded rows) {
        return predict(rows, shape.classification());
    }

    /** What the last layer puts out for all rows, rows x outputs, without members: logarithms of odds, or what is predicted. */
    Matrix scores(Encoded rows) {
        return predict(rows, false);
    }

    private Matrix predict(Encoded rows, boolean probabilities) {
        Matrix outputs = Matrix.filled(rows.rows(), shape.outputs(), 0);
        int[] order = IntStream.range(0, rows.rows()).toArray();
        try (Inputs batch = Inputs.of(capacity, rows.dense().columns(), rows.codeColumns())) {
            for (int from = 0; from < rows.rows(); from += capacity) {
                int count = Math.min(capacity, rows.rows() - from);
                BatchRows.gather(rows, order, from, count, batch);
                Tensor predicted = forward(batch, count, false);
                if (probabilities) {
                    Softmax.apply(predicted, count * shape.members());
                }
                average(predicted.values(), outputs.values(), from, count);
            }
        }
        return outputs;
    }

    /** Writes the mean over the members of each row. */
    private void average(float[] predicted, float[] into, int from, int count) {
        int members = shape.members();
        int n = shape.outputs();
        for (int i = 0; i < count * members * n; i++) {
            into[(from + i / (members * n)) * n + i % n] += predicted[i] / members;
        }
    }

    /** Number of weights. */
    int size() {
        return parameters.stream().mapToInt(p -> p.values().length).sum();
    }

    @Override
    public float[] weights() {
        float[] copy = new float[size()];
        int at = 0;
        for (Parameter parameter : parameters) {
            System.arraycopy(parameter.values(), 0, copy, at, parameter.values().length);
            at += parameter.values().length;
        }
        return copy;
    }

    /** Makes all that the last layer, which has no activation, puts out smaller by a factor. */
    void shrink(double factor) {
        for (Parameter parameter : layers.get(layers.size() - 1).parameters()) {
            float[] values = parameter.values();
            for (int i = 0; i < values.length; i++) {
                values[i] *= (float) factor;
            }
        }
    }

    /** Overwrites all weights; throws an IllegalArgumentException when there are more or fewer. */
    void restore(float[] weights) {
        if (weights.length != size()) {
            throw new IllegalArgumentException(weights.length + " parameters for a network that has " + size());
        }
        int at = 0;
        for (Parameter parameter : parameters) {
            System.arraycopy(weights, at, parameter.values(), 0, parameter.values().length);
            at += parameter.values().length;
        }
    }

    @Override
    public void close() {
        front.close();
        layers.forEach(Layer::close);
    }

    /** The course of a training: schedules and what the optimizer remembers. */
    final class Training {
        private final TrainingRules rules;
        private final Stepper stepper;
        private final GradientClip clip;
        private final SoftThreshold threshold;
        private final WeightAverage average;
        private final Loss loss;
        private int steps;

        private Training(TrainingRules rules, Stepper stepper) {
            this.rules = rules;
            this.stepper = stepper;
            this.clip = new GradientClip(parameters, rules.clip());
            this.threshold = new SoftThreshold(parameters);
            this.average = new WeightAverage(parameters, rules.averagedSteps());
            Loss each = shape.classification() ? Loss.smoothed(rules.labelSmoothing()) : rules.loss();
            this.loss = shape.members() == 1 ? each : new MemberLoss(each, shape.members(), shape.outputs(), capacity);
        }

        /** Exchanges the network's weights and their moving average, which is what should be judged and kept. */
        void swapAverage() {
            average.swap();
        }

        /** Steps so far. */
        int steps() {
            return steps;
        }

        /** All numbers that the next step rests on, as they stand, always in the same order. */
        List<float[]> numbers() {
            return Stream.of(parameters.stream().map(Parameter::values).toList(), average.averages(), stepper.memory())
                    .flatMap(List::stream)
                    .toList();
        }

        /** How often each source of randomness was drawn from. */
        List<Long> draws() {
            return layers.stream().flatMap(layer -> layer.draws().stream()).toList();
        }

        /** Goes on as another after so many steps and draws; its {@link #numbers} are for the caller to restore. */
        void goOnAfter(int made, List<Long> draws) {
            steps = made;
            stepper.goOnAfter(made);
            average.goOnAfter(made);
            Iterator<Long> each = draws.iterator();
            layers.forEach(layer -> layer.skipTo(each));
        }

        /** What the last step went by. */
        Gradient gradient() {
            int units = layers.stream().mapToInt(Layer::units).sum();
            int dead = layers.stream().mapToInt(Layer::deadUnits).sum();
            return new Gradient(clip.norm(), units == 0 ? 0 : (double) dead / units);
        }

        /**
         * One optimizer step.
         *
         * @param truth what the network should put out, rows x outputs
         * @param weights how much each row counts
         * @param start what is added to the outputs before they are held against the truth, rows x outputs; empty for nothing
         * @return mean loss of the batch before the step; over the members, too, where there are several
         */
        double step(Inputs batch, float[] truth, float[] weights, float[] start, int rows) {
            double dropout = rules.dropout().at(steps);
            layers.forEach(layer -> layer.dropout(dropout));
            Tensor outputs = forward(batch, rows, true);
            for (int i = 0; i < start.length; i++) {
                outputs.values()[i] += start[i];
            }
            double mean = loss.backward(outputs, truth, weights, rows);
            backward(outputs, rows);
            clip.apply();
            double rate = rules.rate().at(steps);
            stepper.step(rate, rules.decay().at(steps));
            threshold.apply(rate * rules.l1().at(steps));
            average.add();
            steps++;
            return mean;
        }
    }
}
