package io.millrace.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkConfigurationTest {
    private static final NetworkConfiguration PLAIN = new NetworkConfiguration(
            NetworkConfiguration.TABM, List.of(64), Activation.MISH, 8, 0.1, 0.01, 0.1, Optimizer.ADAMW, 256, 20, 10);

    @Test
    void aCopyWithoutChangesIsEqual() {
        NetworkConfiguration changed = PLAIN.but()
                .hidden(List.of(128))
                .dropout(0.2)
                .weightDecay(0.3)
                .batchSize(64)
                .epochs(5)
                .patience(4)
                .members(8)
                .numbers(NumberEmbedding.PERIODIC)
                .loss(RegressionLoss.QUANTILE)
                .quantile(0.3)
                .clip(1)
                .schedule(RateSchedule.STEP)
                .classWeights(ClassWeights.BALANCED)
                .inputDropout(0.2)
                .normalisation(Optional.of(Normalisation.LAYER))
                .l1(Optional.of(1e-3))
                .rowSample(Optional.of(0.5))
                .bagging(Optional.of(new Bagging(4, true)))
                .build();

        assertThat(PLAIN.but().build()).isEqualTo(PLAIN);
        assertThat(changed.but().build()).isEqualTo(changed);
        assertThat(changed.family()).isEqualTo(PLAIN.family());
        assertThat(changed.hidden()).containsExactly(128);
        assertThat(changed.epochs()).isEqualTo(5);
        assertThat(changed.clip()).contains(1.0);
        assertThat(changed.members()).contains(8);
        assertThat(changed.bagging()).contains(new Bagging(4, true));
    }
}
