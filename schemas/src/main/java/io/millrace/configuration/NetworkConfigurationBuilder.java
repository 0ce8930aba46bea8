package io.millrace.configuration;

import java.util.List;
import java.util.Optional;

/** A network configuration that differs from another: {@code network.but().epochs(20).clip(1).build()}. */
public final class NetworkConfigurationBuilder {
    private final NetworkConfiguration from;
    private List<Integer> hidden;
    private Activation activation;
    private int embedding;
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
    private Optional<Normalisation> normalisation;
    private Optional<Double> l1;
    private Optional<Double> rowSample;
    private Optional<Bagging> bagging;
    private Optional<Integer> pairs;

    NetworkConfigurationBuilder(NetworkConfiguration from) {
        this.from = from;
        this.hidden = from.hidden();
        this.activation = from.activation();
        this.embedding = from.embedding();
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
        this.normalisation = from.normalisation();
        this.l1 = from.l1();
        this.rowSample = from.rowSample();
        this.bagging = from.bagging();
        this.pairs = from.pairs();
    }

    public NetworkConfigurationBuilder hidden(List<Integer> value) {
        hidden = value;
        return this;
    }

    public NetworkConfigurationBuilder activation(Activation value) {
        activation = value;
        return this;
    }

    public NetworkConfigurationBuilder embedding(int value) {
        embedding = value;
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
        return members(Optional.of(value));
    }

    public NetworkConfigurationBuilder members(Optional<Integer> value) {
        members = value;
        return this;
    }

    public NetworkConfigurationBuilder numbers(NumberEmbedding value) {
        return numbers(Optional.of(value));
    }

    public NetworkConfigurationBuilder numbers(Optional<NumberEmbedding> value) {
        numbers = value;
        return this;
    }

    public NetworkConfigurationBuilder loss(RegressionLoss value) {
        return loss(Optional.of(value));
    }

    public NetworkConfigurationBuilder loss(Optional<RegressionLoss> value) {
        loss = value;
        return this;
    }

    public NetworkConfigurationBuilder quantile(double value) {
        quantile = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder clip(double value) {
        return clip(Optional.of(value));
    }

    public NetworkConfigurationBuilder clip(Optional<Double> value) {
        clip = value;
        return this;
    }

    public NetworkConfigurationBuilder schedule(RateSchedule value) {
        return schedule(Optional.of(value));
    }

    public NetworkConfigurationBuilder schedule(Optional<RateSchedule> value) {
        schedule = value;
        return this;
    }

    public NetworkConfigurationBuilder classWeights(ClassWeights value) {
        classWeights = Optional.of(value);
        return this;
    }

    public NetworkConfigurationBuilder inputDropout(double value) {
        return inputDropout(Optional.of(value));
    }

    public NetworkConfigurationBuilder inputDropout(Optional<Double> value) {
        inputDropout = value;
        return this;
    }

    public NetworkConfigurationBuilder normalisation(Optional<Normalisation> value) {
        normalisation = value;
        return this;
    }

    public NetworkConfigurationBuilder l1(Optional<Double> value) {
        l1 = value;
        return this;
    }

    public NetworkConfigurationBuilder rowSample(Optional<Double> value) {
        rowSample = value;
        return this;
    }

    public NetworkConfigurationBuilder bagging(Optional<Bagging> value) {
        bagging = value;
        return this;
    }

    public NetworkConfigurationBuilder pairs(Optional<Integer> value) {
        pairs = value;
        return this;
    }

    public NetworkConfiguration build() {
        return new NetworkConfiguration(
                from.family(),
                hidden,
                activation,
                embedding,
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
                inputDropout,
                normalisation,
                l1,
                rowSample,
                bagging,
                pairs);
    }
}
