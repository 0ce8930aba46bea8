package io.millrace.runtime.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.millrace.configuration.Activation;
import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import io.millrace.configuration.Optimizer;
import io.millrace.configuration.TreesConfiguration;
import io.millrace.dataset.Metric;
import io.millrace.events.RunSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final NetworkConfiguration NETWORK = new NetworkConfiguration(
            "mlp", List.of(64, 32), Activation.RELU, 8, 0.1, 0.01, 0, Optimizer.ADAMW, 256, 20, 5);
    private static final TreesConfiguration TREES =
            new TreesConfiguration("boosting", 100, 0.1, 6, 0, 1, 0.8, 0.8, 1, 0, 256, 10);

    @Test
    void aConfigurationSaysItsKindAndComesBack() {
        assertThat(text(NETWORK)).contains("\"kind\":\"network\"", "\"optimizer\":\"adamw\"", "\"batchSize\":256");
        assertThat(text(TREES)).contains("\"kind\":\"trees\"");
        assertThat(Json.read(Json.write(NETWORK), Configuration.class)).isEqualTo(NETWORK);
        assertThat(Json.read(Json.write(TREES), Configuration.class)).isEqualTo(TREES);
        assertThat(Json.read(Json.write(NETWORK), NetworkConfiguration.class)).isEqualTo(NETWORK);
    }

    @Test
    void absentOptionsAreLeftOutAndDurationsAreIsoText() {
        RunSettings settings = RunSettings.ofBudget(Duration.ofSeconds(90));
        assertThat(text(settings)).isEqualTo("{\"budget\":\"PT1M30S\",\"seed\":0}");
        assertThat(Json.read(Json.write(settings), RunSettings.class)).isEqualTo(settings);
    }

    @Test
    void enumKeysAreLowerCaseInTheOrderOfTheirConstants() {
        Map<Metric, Double> scores = Map.of(Metric.LOG_LOSS, 0.25, Metric.AUC, 0.5);
        assertThat(text(scores)).isEqualTo("{\"log_loss\":0.25,\"auc\":0.5}");
        assertThat(Json.read(Json.write(scores), new TypeReference<Map<Metric, Double>>() {}))
                .isEqualTo(scores);
    }

    @Test
    void aNumberThatIsNullOrMissingIsRefused() {
        assertThatThrownBy(() -> Json.read("{\"seed\":null}".getBytes(UTF_8), RunSettings.class))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("RunSettings");
        assertThatThrownBy(() -> Json.read("{}".getBytes(UTF_8), RunSettings.class))
                .isInstanceOf(DecodingException.class)
                .hasMessageContaining("long");
    }

    @Test
    void aMapperThatACallerChangesChangesNobodyElses() {
        assertThat(Json.mapper()).isNotSameAs(Json.mapper());
    }

    private static String text(Object value) {
        return new String(Json.write(value), UTF_8);
    }
}
