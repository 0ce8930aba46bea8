package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.configuration.Activation;
import io.millrace.configuration.Bagging;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Normalisation;
import io.millrace.configuration.NumberEmbedding;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.RateSchedule;
import io.millrace.configuration.RegressionLoss;
import io.millrace.dataset.Metric;
import io.millrace.dataset.Task;
import io.millrace.events.DatasetProfiled;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkDefaultsTest {
    private static DatasetProfiled regression(Metric metric) {
        return Given.aimedAt(Task.REGRESSION, metric, Given.trials(5_000, 10));
    }

    @Test
    void networksAimAtTheMedianWhereTheMetricIsTheAbsoluteError() {
        assertThat(new NetworkDefaults(regression(Metric.MAE)).linear().loss()).contains(RegressionLoss.QUANTILE);
        assertThat(new NetworkDefaults(regression(Metric.RMSE)).linear().loss()).isEmpty();
    }

    @Test
    void inputsAreDroppedWhereManyTellMuchTheSame() {
        DatasetProfiled few = Given.trials(5_000, 10);

        assertThat(inputDropout(few)).isEmpty();
        assertThat(inputDropout(Given.withColumns(few, 64, 3))).contains(0.1);
        assertThat(inputDropout(Given.withTexts(few, 1, Optional.of(800)))).contains(0.1);
        DatasetProfiled pixels = Given.withColumns(few, 784, 0);
        assertThat(inputDropout(pixels)).contains(0.5);
        NetworkDefaults several = new NetworkDefaults(pixels);
        assertThat(several.tabm(0.1, 0.01, 64).inputDropout()).contains(0.3);
        assertThat(several.boosted(6, 0.1, 0.01, 64).inputDropout()).contains(0.3);
    }

    private static Optional<Double> inputDropout(DatasetProfiled dataset) {
        return new NetworkDefaults(dataset)
                .mlp(Optimizer.ADAMW, Activation.RELU, 0.1, 0.01, 64)
                .inputDropout();
    }

    @Test
    void aRangeIsSharedByNetworksThatDifferInL1RowsOrModelsButNotInNormalisation() {
        NetworkConfiguration plain =
                new NetworkDefaults(regression(Metric.RMSE)).mlp(Optimizer.ADAMW, Activation.RELU, 0.1, 0.01, 64);
        NetworkConfiguration alike = plain.but()
                .l1(Optional.of(0.01))
                .rowSample(Optional.of(0.5))
                .bagging(Optional.of(new Bagging(4, true)))
                .build();
        NetworkConfiguration normalised =
                plain.but().normalisation(Optional.of(Normalisation.LAYER)).build();

        assertThat(RangeTest.key(alike)).isEqualTo(RangeTest.key(plain));
        assertThat(RangeTest.key(normalised)).isNotEqualTo(RangeTest.key(plain));
    }

    @Test
    void aRangeIsSharedByNetworksThatDifferInScheduleButNotInEmbeddings() {
        NetworkConfiguration plain = new NetworkDefaults(regression(Metric.RMSE)).linear();
        NetworkConfiguration stepped =
                plain.but().schedule(RateSchedule.STEP).epochs(7).build();
        NetworkConfiguration embedded =
                plain.but().numbers(NumberEmbedding.PERIODIC).build();

        assertThat(RangeTest.key(stepped)).isEqualTo(RangeTest.key(plain));
        assertThat(RangeTest.key(embedded)).isNotEqualTo(RangeTest.key(plain));
    }
}
