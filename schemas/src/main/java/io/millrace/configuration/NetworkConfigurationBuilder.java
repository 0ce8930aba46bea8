package io.millrace.configuration;

import java.util.List;
import java.util.Optional;

/** A network configuration that differs from another: {@code network.but().epochs(20).clip(1).build()}. */
public final class NetworkConfigurationBuilder {
    private final NetworkConfiguration from;
    private List<Integer> hidden;
    private double dropout;
    private double weightDecay;
    private double labelSmoothing;
    private Optimizer optimizer;
    private int batchSize;
    private int epochs;
    private int patience;
    private Optional<Integer> members;
    private Optional<NumberEmbedding> numbers;
    private Optional<RegressionLoss> loss;
    private Optional<Double> quantile;
    private Optional<Double> clip;
    private Optional<RateSchedule> schedule;
    private Optional<ClassWeights> classWeights;
    private Optional<Double> inputDropout;

    NetworkConfigurationBuilder(NetworkConfiguration from) {
        this.from = from;
        this.hidden = from.hidden();
        this.dropout = from.dropout();
        this.weightDecay = from.weightDecay();
        this.labelSmoothing = from.labelSmoothing();
        this.optimizer = from.optimizer();
        this.batchSize = from.batchSize();
        this.epochs = from.epochs();
        this.patience = from.patience();
        this.members = from.members();
        this.numbers = from.numbers();
        this.loss = from.loss();
        this.quantile = from.quantile();
        this.clip = from.clip();
        this.schedule = from.schedule();
        this.classWeights = from.classWeights();
        this.inputDropout = from.inputDropout();
    }

    public NetworkConfigurationBuilder hidden(List<Integer> value) {
        hidden = value;
        return this;
    }

    public NetworkConfigurationBuilder dropout(double value) {
        dropout = value;
        return this;
    }

    public NetworkConfigurationBuilder weightDecay(double value) {
        weightDecay = value;
        return this;
    }

    public NetworkConfigurationBuilder labelSmoothing(double value) {
        labelSmoothing = value;
        return this;
    }

    public NetworkConfigurationBuilder optimizer(Optimizer value) {
        optimizer = value;
        return this;
    }

    public NetworkConfigurationBuilder batchSize(int value) {
        batchSize = value;
        return this;
    }

    public NetworkConfigurationBuilder epochs(int value) {
        epochs = value;
        return this;
    }

    public NetworkConfigurationBuilder patience(int value) {
        patience = value;
        return this;
    }

    public NetworkConfigurationBuilder members(int value) {
        members = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder numbers(NumberEmbedding value) {
        numbers = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder loss(RegressionLoss value) {
        loss = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder quantile(double value) {
        quantile = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder clip(double value) {
        clip = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder schedule(RateSchedule value) {
        schedule = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder classWeights(ClassWeights value) {
        classWeights = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder inputDropout(double value) {
        inputDropout = Optional.of(value);
        return this;
    }

    public NetworkConfiguration build() {
        return new NetworkConfiguration(
                from.family(),
                hidden,
                from.activation(),
                from.embedding(),
                dropout,
                weightDecay,
                labelSmoothing,
                optimizer,
                batchSize,
                epochs,
                patience,
                members,
                numbers,
                loss,
                quantile,
                clip,
                schedule,
                classWeights,
                inputDropout);
    }
}
