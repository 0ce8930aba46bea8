package io.millrace.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.embedded.LoopbackCertificate;
import io.millrace.events.DatasetSubmitted;
import io.millrace.events.EventType;
import io.millrace.runtime.Environment;
import io.millrace.runtime.PlatformConfig;
import io.millrace.runtime.SampleEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.work.EventMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker that speaks TLS and asks for a password, reached with the variables that the README names. */
@Timeout(120)
class SecuredKafkaIT {
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"millrace\" password=\"%s\"%s;";

    @TempDir
    static Path directory;

    private static Path keys;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        keys = LoopbackCertificate.make(directory.resolve("certificate")).keyStore();
        Map<String, String> settings = new HashMap<>(Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                        LOGIN.formatted("sasl-secret", " user_millrace=\"sasl-secret\"")));
        for (String store : List.of("keystore", "truststore")) {
            settings.put("ssl." + store + ".location", keys.toString());
            settings.put("ssl." + store + ".password", LoopbackCertificate.PASSWORD);
            settings.put("ssl." + store + ".type", "PKCS12");
        }
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0, settings);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static PlatformConfig config(String password) {
        Environment env = new Environment(Map.of(
                "MILLRACE_KAFKA",
                kafka.bootstrapServers(),
                "MILLRACE_BLOBS",
                directory.resolve("blobs").toString(),
                "MILLRACE_KAFKA_PROP_SECURITY_PROTOCOL",
                "SASL_SSL",
                "MILLRACE_KAFKA_PROP_SASL_MECHANISM",
                "PLAIN",
                "MILLRACE_KAFKA_PROP_SASL_JAAS_CONFIG",
                LOGIN.formatted(password, ""),
                "MILLRACE_KAFKA_PROP_SSL_TRUSTSTORE_LOCATION",
                keys.toString(),
                "MILLRACE_KAFKA_PROP_SSL_TRUSTSTORE_PASSWORD",
                LoopbackCertificate.PASSWORD,
                "MILLRACE_KAFKA_PROP_SSL_TRUSTSTORE_TYPE",
                "PKCS12"));
        PlatformConfig config = PlatformConfig.from(env);
        env.check();
        return config;
    }

    @Test
    void everyKindOfClientWorksOverTlsWithAPassword() throws Exception {
        BlockingQueue<String> worked = new LinkedBlockingQueue<>();
        BlockingQueue<String> followed = new LinkedBlockingQueue<>();
        try (KafkaEventBus bus = KafkaEventBus.open(config("sasl-secret").kafka(), Clock.systemUTC(), metrics());
                Subscription work = bus.work("millrace-secured", DatasetSubmitted.class, 1, (input, w) -> {
                    worked.add(input.subject());
                    return List.of();
                });
                Subscription follow = bus.follow(
                        "millrace-follower",
                        Set.of(EventType.DATASET_SUBMITTED),
                        event -> followed.add(event.subject()))) {
            bus.publish(List.of(SampleEvents.envelope("run-1", "churn", SampleEvents.submitted("churn"))));
            assertThat(worked.poll(60, TimeUnit.SECONDS)).isEqualTo("churn");
            assertThat(followed.poll(60, TimeUnit.SECONDS)).isEqualTo("churn");
            assertThat(work).isNotNull();
            assertThat(follow).isNotNull();
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        KafkaConfig wrong = config("not-the-secret").kafka();
        assertThatThrownBy(() -> KafkaEventBus.open(wrong, Clock.systemUTC(), metrics()))
                .hasMessageContaining("Authentication failed")
                .hasMessageNotContaining("not-the-secret");
        assertThat(wrong.toString())
                .contains("sasl.jaas.config")
                .doesNotContain("not-the-secret", LoopbackCertificate.PASSWORD);
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotTaken() {
        Map<String, String> properties =
                new HashMap<>(config("sasl-secret").kafka().properties());
        properties.keySet().removeIf(name -> name.startsWith("ssl."));
        KafkaConfig config = KafkaConfig.of(kafka.bootstrapServers());
        KafkaConfig untrusting = new KafkaConfig(
                config.bootstrapServers(),
                properties,
                config.partitions(),
                config.retention(),
                config.lock(),
                config.drain(),
                config.leave(),
                config.retries());
        assertThatThrownBy(() -> KafkaEventBus.open(untrusting, Clock.systemUTC(), metrics()))
                .hasMessageContaining("SSL handshake failed");
    }

    private static EventMetrics metrics() {
        return new EventMetrics(new PrometheusRegistry());
    }
}
