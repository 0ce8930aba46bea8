package io.millrace.modelling.gaussian;

import io.millrace.configuration.GaussianConfiguration;
import io.millrace.events.TrainingEnd;
import io.millrace.modelling.encode.NetworkEncoder;
import io.millrace.modelling.layer.PointLoss;
import io.millrace.modelling.learn.CurveRecorder;
import io.millrace.modelling.learn.Learner;
import io.millrace.modelling.learn.LearningCurve.Point;
import io.millrace.modelling.learn.TrainingJob;
import io.millrace.modelling.linear.ColumnProducts;
import io.millrace.modelling.network.TargetCoding;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Shuffle;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Solves Gaussian models. Validation rows decide nothing, so that their errors are those of new rows. {@code stop} is asked between the
 * regularisations that are compared, and ends the comparison.
 */
public final class GaussianLearner implements Learner {
    /** Training rows at most that the loss on training rows is taken of. */
    private static final int MOST_CHECKED = 2_000;
    /** Cells of encoded rows at most. */
    private static final int MOST_CELLS = 20_000_000;

    @Override
    public Fitted fit(TrainingJob job, BooleanSupplier stop) {
        GaussianConfiguration configuration = checked(job);
        Table table = job.table();
        NetworkEncoder encoder = NetworkEncoder.linear(table, job.training(), configuration.numbers())
                .narrowed(configuration.columns(table.profile().outputs()));
        TargetCoding target = TargetCoding.fit(table, job.training());
        AtomicBoolean cut = new AtomicBoolean();
        BooleanSupplier watched = () -> {
            cut.compareAndSet(false, stop.getAsBoolean());
            return cut.get();
        };
        Predictor predictor = table.profile().task().isClassification()
                ? densities(job, configuration, encoder, watched)
                : process(job, configuration, encoder, target, watched);
        GaussianModel model = new GaussianModel(encoder, target, predictor);
        CurveRecorder curve = new CurveRecorder();
        curve.add(point(job, model, target));
        return new Fitted(
                model, curve.curve(cut.get() ? TrainingEnd.DEADLINE : TrainingEnd.COMPLETED), Optional.empty());
    }

    private static GaussianConfiguration checked(TrainingJob job) {
        if (!(job.configuration() instanceof GaussianConfiguration configuration)) {
            throw new IllegalArgumentException(job.configuration() + " is no configuration of Gaussian models");
        }
        if (configuration.columns() < 1 || configuration.references() < 2) {
            throw new IllegalArgumentException("there must be a column and two references: " + configuration);
        }
        if (job.training().length < 2 || job.validation().length == 0) {
            throw new IllegalArgumentException(job.training().length + " training and " + job.validation().length
                    + " validation rows: Gaussian models need two of the first and one of the second");
        }
        return configuration;
    }

    private static Predictor densities(
            TrainingJob job, GaussianConfiguration configuration, NetworkEncoder encoder, BooleanSupplier stop) {
        Table table = job.table();
        int classes = table.profile().outputs();
        int[] drawn = drawn(job);
        int[] chosenBy = Arrays.copyOf(drawn, Math.min(drawn.length, configuration.references()));
        List<Regularisation> factors = new DensityChoice(
                        encoder.encode(table, chosenBy).dense(), labels(table, chosenBy), classes)
                .choose(stop);
        ClassSums sums = ClassSums.none(classes, encoder.width());
        int[] rows = ColumnProducts.affordable(encoder, table, drawn);
        int[] labels = labels(table, rows);
        encoder.encode(table, rows, (from, encoded) -> {
            for (int r = 0; r < encoded.rows(); r++) {
                sums.add(encoded.dense(), r, labels[from + r]);
            }
        });
        return DensityProduct.of(sums, factors);
    }

    /** Training rows in an order of chance: in their own, rows that are as far apart may be alike, as those of the same hour. */
    private static int[] drawn(TrainingJob job) {
        int[] rows = job.training().clone();
        Shuffle.inPlace(rows, new SplittableRandom(job.seed()));
        return rows;
    }

    private static int[] labels(Table table, int[] rows) {
        return Arrays.stream(rows).map(r -> (int) table.target()[r]).toArray();
    }

    private static Predictor process(
            TrainingJob job,
            GaussianConfiguration configuration,
            NetworkEncoder encoder,
            TargetCoding target,
            BooleanSupplier stop) {
        Table table = job.table();
        int[] drawn = drawn(job);
        int[] rows = Arrays.copyOf(drawn, Math.min(drawn.length, Math.max(1, MOST_CELLS / encoder.width())));
        Matrix encoded = encoder.encode(table, rows).dense();
        float[] values = target.encode(TargetCoding.of(table, rows)).values();
        return GaussianProcess.fit(encoded, values, configuration.references(), stop);
    }

    private static Point point(TrainingJob job, GaussianModel model, TargetCoding target) {
        int[] some = Table.evenly(job.training(), MOST_CHECKED);
        double[] truth = TargetCoding.of(job.table(), job.validation());
        Matrix said = model.predict(job.table(), job.validation());
        double fitted =
                target.loss(TargetCoding.of(job.table(), some), model.predict(job.table(), some), PointLoss.squared());
        return target.point(job, 1, fitted, truth, said);
    }
}
