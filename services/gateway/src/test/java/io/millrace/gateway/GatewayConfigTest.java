package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.Environment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {
    private static GatewayConfig config(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(more);
        variables.put("MILLRACE_DATABASE_URL", "jdbc:postgresql://db/millrace");
        Environment env = new Environment(variables);
        GatewayConfig config = GatewayConfig.from(env);
        env.check();
        return config;
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void whereOthersCanReachItNobodyMayStayUnasked(String host) {
        assertThatThrownBy(() -> config(Map.of("MILLRACE_GATEWAY_HOST", host)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("MILLRACE_GATEWAY_HOST is '" + host + "'")
                .hasMessageContaining("set MILLRACE_GATEWAY_TOKENS");
        assertThatCode(() -> config(Map.of("MILLRACE_GATEWAY_HOST", host, "MILLRACE_GATEWAY_TOKENS", "tokens")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void onLoopbackNobodyNeedsToBeAsked(String host) {
        assertThat(config(Map.of("MILLRACE_GATEWAY_HOST", host)).http().access().isOpen())
                .isTrue();
    }

    @Test
    void aCertificateNeedsItsKey() {
        assertThat(config(Map.of("MILLRACE_GATEWAY_TLS_CERTIFICATE", "c.pem", "MILLRACE_GATEWAY_TLS_KEY", "k.pem"))
                        .http()
                        .access()
                        .tls())
                .isPresent();
        assertThatThrownBy(() -> config(Map.of("MILLRACE_GATEWAY_TLS_CERTIFICATE", "c.pem")))
                .hasMessageContaining("set both or none");
    }

    @Test
    void halfAProviderIsNone() {
        assertThatThrownBy(() -> config(Map.of("MILLRACE_GATEWAY_OIDC_KEYS", "keys.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("belong together");
    }
}
