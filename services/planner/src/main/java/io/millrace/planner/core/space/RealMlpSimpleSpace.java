package io.millrace.planner.core.space;

import static io.millrace.configuration.Activation.GELU;
import static io.millrace.configuration.Activation.MISH;
import static io.millrace.configuration.Activation.RELU;
import static io.millrace.configuration.Activation.SELU;
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
import static io.millrace.planner.core.space.NetworkQuantities.OPTIMIZER;
import static io.millrace.planner.core.space.NetworkQuantities.PAIRS;
import static io.millrace.planner.core.space.NetworkQuantities.PATIENCE;
import static io.millrace.planner.core.space.NetworkQuantities.ROW_SAMPLE;
import static io.millrace.planner.core.space.NetworkQuantities.SCHEDULE;
import static io.millrace.planner.core.space.NetworkQuantities.WEIGHT_DECAY;
import static io.millrace.planner.core.space.NetworkQuantities.WIDTH;
import static io.millrace.planner.core.space.Stretch.linear;
import static io.millrace.planner.core.space.Stretch.logarithmic;

import io.millrace.configuration.NetworkConfiguration;
import java.util.List;
import java.util.Optional;

/** RealMLP's simple form: no embeddings of numbers. */
final class RealMlpSimpleSpace {
    static final Space<NetworkConfiguration> SPACE = new Space<>(
            NetworkConfiguration.REALMLP_S,
            1, // of the shares of all families
            List.of(
                    // quantity, values (choices with how often each is drawn), chance that a variant moves it, source
                    PAIRS.in(
                            ladder(0, 8),
                            0.05,
                            "operators of OpenFE on numbers (Zhang et al., arXiv 2211.12507); a gain in regressions (modelling README)"),
                    EMBEDDING.in(ladder(4, 8, 16), 0.03, "8 in RealMLP"),
                    WIDTH.in(
                            ladder(128, 192, 256, 384, 512).reaching(2),
                            0.06,
                            "64 to 512 in RealMLP (Holzmueller et al. 2024)"),
                    DEPTH.in(ladder(1, 2, 3, 4).reaching(2), 0.04, "1 to 5 in RealMLP"),
                    ACTIVATION.in(
                            choices(MISH, 3).or(SELU, 3).or(RELU, 1).or(GELU, 1),
                            0.05,
                            "Mish, SELU and ReLU in RealMLP"),
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
                            choices(COSLOG4, 8)
                                    .or(ONE_CYCLE, 4)
                                    .or(FLAT_COSINE, 4)
                                    .or(WARM_RESTARTS, 2)
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
                    DROPOUT.in(linear(0, 0.5), 1, "0.15 in RealMLP, with a factor of 3 more"),
                    INPUT_DROPOUT.in(linear(0, 0.5), 0.3, "a fifth of pixels in Srivastava et al. 2014"),
                    WEIGHT_DECAY.in(
                            logarithmic(1e-5, 0.2).orZero(), 1, "0.02 in RealMLP; a factor of 10 more, and less"),
                    L1.in(
                            logarithmic(1e-4, 0.1).orZero(),
                            0.1,
                            "1e-5 in H2O's guides, beside gradients; more here, beside AdamW's steps"),
                    LABEL_SMOOTHING.in(linear(0, 0.3), 0.2, "0 or 0.1 in RealMLP"),
                    ROW_SAMPLE.in(
                            ladder(0.25, 0.5, 0.75, 1),
                            0.03,
                            "none usually; half of the rows without replacement are as good a sample as a bootstrap one (Buehlmann and Yu 2002)"),
                    BAGGING.in(
                            choices(Bag.USUAL, 6).or(Bag.SAMPLES, 1),
                            0.05,
                            "Breiman 1996; four seeds are usual here on so few rows (SeedBags)")));

    private RealMlpSimpleSpace() {}
}
