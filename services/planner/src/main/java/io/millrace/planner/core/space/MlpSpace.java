package io.millrace.planner.core.space;

import static io.millrace.configuration.Activation.GELU;
import static io.millrace.configuration.Activation.MISH;
import static io.millrace.configuration.Activation.RELU;
import static io.millrace.configuration.Activation.SELU;
import static io.millrace.configuration.NumberEmbedding.NONE;
import static io.millrace.configuration.NumberEmbedding.PERIODIC;
import static io.millrace.configuration.NumberEmbedding.PIECEWISE_LINEAR;
import static io.millrace.configuration.Optimizer.ADAGRAD;
import static io.millrace.configuration.Optimizer.ADAM;
import static io.millrace.configuration.Optimizer.ADAMW;
import static io.millrace.configuration.Optimizer.AMSGRAD;
import static io.millrace.configuration.Optimizer.NADAM;
import static io.millrace.configuration.Optimizer.NESTEROV;
import static io.millrace.configuration.Optimizer.RMSPROP;
import static io.millrace.configuration.Optimizer.SGD;
import static io.millrace.configuration.RateSchedule.CONSTANT;
import static io.millrace.configuration.RateSchedule.COSLOG4;
import static io.millrace.configuration.RateSchedule.FLAT_COSINE;
import static io.millrace.configuration.RateSchedule.ONE_CYCLE;
import static io.millrace.configuration.RateSchedule.STEP;
import static io.millrace.configuration.RateSchedule.TRIANGULAR;
import static io.millrace.configuration.RateSchedule.WARM_RESTARTS;
import static io.millrace.configuration.RegressionLoss.HUBER;
import static io.millrace.configuration.RegressionLoss.QUANTILE;
import static io.millrace.configuration.RegressionLoss.SQUARED;
import static io.millrace.planner.core.space.Choices.choices;
import static io.millrace.planner.core.space.Ladder.ladder;
import static io.millrace.planner.core.space.NetworkQuantities.ACTIVATION;
import static io.millrace.planner.core.space.NetworkQuantities.BAGGING;
import static io.millrace.planner.core.space.NetworkQuantities.BATCH;
import static io.millrace.planner.core.space.NetworkQuantities.CLIP;
import static io.millrace.planner.core.space.NetworkQuantities.DEPTH;
import static io.millrace.planner.core.space.NetworkQuantities.DROPOUT;
import static io.millrace.planner.core.space.NetworkQuantities.EMBEDDING;
import static io.millrace.planner.core.space.NetworkQuantities.EPOCHS;
import static io.millrace.planner.core.space.NetworkQuantities.INPUT_DROPOUT;
import static io.millrace.planner.core.space.NetworkQuantities.L1;
import static io.millrace.planner.core.space.NetworkQuantities.LABEL_SMOOTHING;
import static io.millrace.planner.core.space.NetworkQuantities.LOSS;
import static io.millrace.planner.core.space.NetworkQuantities.NORMALISATION;
import static io.millrace.planner.core.space.NetworkQuantities.NUMBERS;
import static io.millrace.planner.core.space.NetworkQuantities.OPTIMIZER;
import static io.millrace.planner.core.space.NetworkQuantities.PAIRS;
import static io.millrace.planner.core.space.NetworkQuantities.PATIENCE;
import static io.millrace.planner.core.space.NetworkQuantities.ROW_SAMPLE;
import static io.millrace.planner.core.space.NetworkQuantities.SCHEDULE;
import static io.millrace.planner.core.space.NetworkQuantities.TAPERED;
import static io.millrace.planner.core.space.NetworkQuantities.WEIGHT_DECAY;
import static io.millrace.planner.core.space.NetworkQuantities.WIDTH;
import static io.millrace.planner.core.space.Stretch.linear;
import static io.millrace.planner.core.space.Stretch.logarithmic;

import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import java.util.List;
import java.util.Optional;

/** Plain multi-layer perceptrons. */
final class MlpSpace {
    static final Space<NetworkConfiguration> SPACE = new Space<>(
            NetworkConfiguration.MLP,
            3, // of the shares of all families
            List.of(
                    // quantity, values (choices with how often each is drawn), chance that a variant moves it, source
                    NUMBERS.in(
                            choices(NONE, 2).or(PIECEWISE_LINEAR, 3).or(PERIODIC, 1),
                            0.05,
                            "Gorishniy et al. 2022, arXiv 2203.05556; RealMLP"),
                    PAIRS.in(
                            ladder(0, 8),
                            0.05,
                            "operators of OpenFE on numbers (Zhang et al., arXiv 2211.12507); a gain in regressions (modelling README)"),
                    EMBEDDING.in(ladder(4, 8, 16), 0.03, "8 in RealMLP"),
                    WIDTH.in(
                            ladder(64, 96, 128, 192, 256, 384, 512).reaching(2),
                            0.06,
                            "up to 512 in Gorishniy et al. 2021"),
                    DEPTH.in(ladder(1, 2, 3, 4), 0.04, "1 to 8 in Gorishniy et al. 2021; up to 4 for the time"),
                    TAPERED.in(choices(true, 1).or(false, 1), 0.03, "both forms are in the portfolio"),
                    ACTIVATION.in(
                            choices(RELU, 4).or(MISH, 2).or(GELU, 1).or(SELU, 1),
                            0.05,
                            "ReLU as Gorishniy et al. 2021; Mish and SELU as RealMLP"),
                    NORMALISATION.in(
                            choices(Normalisation.NONE, 4).or(Normalisation.LAYER, 1),
                            0.04,
                            "batch norm on or off in Kadra et al., arXiv 2106.11189; layer norm keeps no statistics of the rows"),
                    OPTIMIZER.in(
                            choices(ADAMW, 16)
                                    .or(NESTEROV, 3)
                                    .or(ADAM, 2)
                                    .or(NADAM, 2)
                                    .or(AMSGRAD, 1)
                                    .or(RMSPROP, 1)
                                    .or(SGD, 1)
                                    .or(ADAGRAD, 1),
                            0.06,
                            "AdamW as Gorishniy et al. 2021; no other is best everywhere (Schmidt et al., arXiv 2007.01547)"),
                    BATCH.in(
                            ladder(16, 32, 64, 128, 256, 512, 1024, 2048).reaching(1),
                            0.06,
                            "around RealMLP's rule by rows (Holzmueller et al. 2024)"),
                    CLIP.in(
                            choices(Optional.<Double>empty(), 3).or(Optional.of(1.0), 2),
                            0.03,
                            "1 in TabM (Gorishniy et al., ICLR 2025)"),
                    LOSS.in(
                            choices(SQUARED, 6).or(HUBER, 2).or(QUANTILE, 1),
                            0.04,
                            "Huber 1964; the median for the absolute error (modelling README)"),
                    SCHEDULE.in(
                            choices(ONE_CYCLE, 8)
                                    .or(FLAT_COSINE, 4)
                                    .or(WARM_RESTARTS, 2)
                                    .or(COSLOG4, 2)
                                    .or(STEP, 1)
                                    .or(TRIANGULAR, 1)
                                    .or(CONSTANT, 1),
                            0.12,
                            "Smith and Topin, arXiv 1708.07120; fastai; SGDR, arXiv 1608.03983; RealMLP; Smith, arXiv 1506.01186"),
                    EPOCHS.in(
                            logarithmic(4, 400).varied(0.7, 1.6).ofWholeNumbers(),
                            1,
                            "around what rows and budget call for (NetworkDefaults)"),
                    PATIENCE.in(linear(0.15, 1), 0.1, "a quarter is usual here; TabM waits for 16 epochs"),
                    DROPOUT.in(linear(0, 0.5), 1, "Gorishniy et al. 2021, appendix on tuning"),
                    INPUT_DROPOUT.in(linear(0, 0.5), 0.3, "a fifth of pixels in Srivastava et al. 2014"),
                    WEIGHT_DECAY.in(
                            logarithmic(1e-5, 0.2).orZero(),
                            1,
                            "1e-4 to 0.1 in TabM, 0.02 in RealMLP; a factor more each way"),
                    L1.in(
                            logarithmic(1e-4, 0.1).orZero(),
                            0.1,
                            "1e-5 in H2O's guides, beside gradients; more here, beside AdamW's steps"),
                    LABEL_SMOOTHING.in(linear(0, 0.3), 0.2, "0.1 in RealMLP; Szegedy et al., arXiv 1512.00567"),
                    ROW_SAMPLE.in(
                            ladder(0.25, 0.5, 0.75, 1),
                            0.03,
                            "none usually; half of the rows without replacement are as good a sample as a bootstrap one (Buehlmann and Yu 2002)"),
                    BAGGING.in(
                            choices(Bag.USUAL, 6).or(Bag.SEEDS, 2).or(Bag.SAMPLES, 1),
                            0.05,
                            "seeds as in deep ensembles (arXiv 1612.01474), samples as in Breiman 1996; seeds were better here (modelling README)")));

    private MlpSpace() {}
}
