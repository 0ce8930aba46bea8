package io.millrace.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.Environment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerConfigTest {
    private static ScorerConfig config(Map<String, String> variables) {
        Environment env = new Environment(variables);
        ScorerConfig config = ScorerConfig.from(env);
        env.check();
        return config;
    }

    private static Map<String, String> trusting(String key, String value) {
        Map<String, String> variables = new HashMap<>(Map.of("MILLRACE_TRUSTED_KEYS", "keys.pem"));
        variables.put(key, value);
        return variables;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void whereOthersCanReachItNobodyMayStayUnasked(String host) {
        Map<String, String> open = trusting("MILLRACE_SCORER_HOST", host);
        assertThatThrownBy(() -> config(open))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MILLRACE_SCORER_HOST is '" + host + "'")
                .hasMessageContaining("set MILLRACE_SCORER_TOKENS");
        open.put("MILLRACE_SCORER_TOKENS", "tokens");
        assertThat(config(open).http().access().isOpen()).isFalse();
    }

    @Test
    void itIsSaidWhoseModelsAreTaken() {
        assertThatThrownBy(() -> config(Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MILLRACE_TRUSTED_KEYS");
        assertThatThrownBy(() -> config(Map.of("MILLRACE_SCORER_ANY_SIGNER", "yes")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("true or false");
        assertThat(config(Map.of("MILLRACE_SCORER_ANY_SIGNER", "true")).trust().anySigner())
                .isTrue();
        assertThat(config(Map.of("MILLRACE_SIGNING_KEY", "key.pem")).trust().keys())
                .containsExactly(Path.of("key.pem"));
    }

    @Test
    void modelsTakeAQuarterOfTheHeapUnlessItIsSaidHowMuch() {
        assertThat(config(trusting("MILLRACE_SCORER_SLOTS", "2")).room())
                .isEqualTo(new OpenModels.Room(8, Runtime.getRuntime().maxMemory() / 4));
        assertThat(config(trusting("MILLRACE_SCORER_MODEL_MEMORY", "640MiB")).room())
                .isEqualTo(new OpenModels.Room(8, 640L << 20));
    }
}
