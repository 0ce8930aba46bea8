package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformConfigTest {
    @Test
    void everythingHasADefaultButKafkaAndTheBlobs() {
        Environment env = new Environment(Map.of());
        PlatformConfig.from(env);
        assertThatThrownBy(env::check)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        String.join(System.lineSeparator(), "MILLRACE_KAFKA is not set", "MILLRACE_BLOBS is not set"));
    }

    @Test
    void kafkaPropertiesArePassedOnAndTheirSecretsAreNotShown() {
        Environment env = new Environment(Map.of(
                "MILLRACE_KAFKA", "broker:9092",
                "MILLRACE_BLOBS", "s3://bucket/prefix",
                "MILLRACE_S3_SECRET_KEY", "s3-secret",
                "MILLRACE_LEASE", "10s",
                "MILLRACE_KAFKA_PROP_SECURITY_PROTOCOL", "SASL_SSL",
                "MILLRACE_KAFKA_PROP_SASL_JAAS_CONFIG", "kafka-secret"));
        PlatformConfig config = PlatformConfig.from(env);
        env.check();
        assertThat(config.kafka().properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "kafka-secret");
        assertThat(config.kafka().lock()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.toString()).doesNotContain("kafka-secret", "s3-secret");
    }

    @Test
    void aBucketWithoutANameIsAProblem() {
        Environment env = new Environment(Map.of("MILLRACE_KAFKA", "broker:9092", "MILLRACE_BLOBS", "s3://"));
        PlatformConfig.from(env);
        assertThatThrownBy(env::check).hasMessageContaining("a folder or s3://bucket/prefix");
    }
}
