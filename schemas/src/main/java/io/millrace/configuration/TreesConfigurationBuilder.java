package io.millrace.configuration;

import java.util.Optional;

/** A configuration of trees that differs from another: {@code trees.but().rounds(200).l1(0.1).build()}. */
public final class TreesConfigurationBuilder {
    private final String family;
    private int rounds;
    private double learningRate;
    private int maxDepth;
    private int maxLeaves;
    private double minChildWeight;
    private double rowSample;
    private double columnSample;
    private double l2;
    private double l1;
    private int maxBins;
    private int patience;
    private Optional<Bagging> bagging;
    private Optional<BoostingBase> base;
    private Optional<Integer> pairs;

    TreesConfigurationBuilder(TreesConfiguration from) {
        this.family = from.family();
        this.rounds = from.rounds();
        this.learningRate = from.learningRate();
        this.maxDepth = from.maxDepth();
        this.maxLeaves = from.maxLeaves();
        this.minChildWeight = from.minChildWeight();
        this.rowSample = from.rowSample();
        this.columnSample = from.columnSample();
        this.l2 = from.l2();
        this.l1 = from.l1();
        this.maxBins = from.maxBins();
        this.patience = from.patience();
        this.bagging = from.bagging();
        this.base = from.base();
        this.pairs = from.pairs();
    }

    public TreesConfigurationBuilder rounds(int value) {
        rounds = value;
        return this;
    }

    public TreesConfigurationBuilder learningRate(double value) {
        learningRate = value;
        return this;
    }

    public TreesConfigurationBuilder maxDepth(int value) {
        maxDepth = value;
        return this;
    }

    public TreesConfigurationBuilder maxLeaves(int value) {
        maxLeaves = value;
        return this;
    }

    public TreesConfigurationBuilder minChildWeight(double value) {
        minChildWeight = value;
        return this;
    }

    public TreesConfigurationBuilder rowSample(double value) {
        rowSample = value;
        return this;
    }

    public TreesConfigurationBuilder columnSample(double value) {
        columnSample = value;
        return this;
    }

    public TreesConfigurationBuilder l2(double value) {
        l2 = value;
        return this;
    }

    public TreesConfigurationBuilder l1(double value) {
        l1 = value;
        return this;
    }

    public TreesConfigurationBuilder maxBins(int value) {
        maxBins = value;
        return this;
    }

    public TreesConfigurationBuilder patience(int value) {
        patience = value;
        return this;
    }

    public TreesConfigurationBuilder bagging(Optional<Bagging> value) {
        bagging = value;
        return this;
    }

    public TreesConfigurationBuilder base(Optional<BoostingBase> value) {
        base = value;
        return this;
    }

    public TreesConfigurationBuilder pairs(Optional<Integer> value) {
        pairs = value;
        return this;
    }

    public TreesConfiguration build() {
        return new TreesConfiguration(
                family,
                rounds,
                learningRate,
                maxDepth,
                maxLeaves,
                minChildWeight,
                rowSample,
                columnSample,
                l2,
                l1,
                maxBins,
                patience,
                bagging,
                base,
                pairs);
    }
}
