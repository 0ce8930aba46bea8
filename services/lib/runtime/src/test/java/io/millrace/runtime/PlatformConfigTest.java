package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                "MILLRACE_KAFKA_RETENTION", "48h",
                "MILLRACE_KAFKA_PROP_SECURITY_PROTOCOL", "SASL_SSL",
                "MILLRACE_KAFKA_PROP_SASL_JAAS_CONFIG", "kafka-secret"));
        PlatformConfig config = PlatformConfig.from(env);
        env.check();
        assertThat(config.kafka().properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "kafka-secret");
        assertThat(config.kafka().lock()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.kafka().retention()).isEqualTo(Duration.ofDays(2));
        assertThat(config.toString()).doesNotContain("kafka-secret", "s3-secret");
    }

    @Test
    void kafkaPropertiesComeFromAFileAndSingleOnesOverThem(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("kafka.properties"), "security.protocol=SSL\nssl.truststore.password=trust-secret\n");
        Environment env = new Environment(Map.of(
                "MILLRACE_KAFKA", "broker:9092",
                "MILLRACE_BLOBS", "blobs",
                "MILLRACE_KAFKA_PROPERTIES", file.toString(),
                "MILLRACE_KAFKA_PROP_SECURITY_PROTOCOL", "SASL_SSL"));
        PlatformConfig config = PlatformConfig.from(env);
        env.check();
        assertThat(config.kafka().properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("ssl.truststore.password", "trust-secret");
        assertThat(config.toString()).doesNotContain("trust-secret");
    }

    @Test
    void aSecretMayLieInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "db-secret\n");
        Map<String, String> variables = Map.of(
                "MILLRACE_DATABASE_URL",
                "jdbc:postgresql://db/millrace?sslmode=verify-full&password=url-secret",
                "MILLRACE_DATABASE_PASSWORD_FILE",
                file.toString());
        Environment env = new Environment(variables);
        DatabaseConfig database = DatabaseConfig.from(env);
        env.check();
        assertThat(database.password()).isEqualTo("db-secret");
        assertThat(database.toString()).contains("sslmode=verify-full").doesNotContain("db-secret", "url-secret");
    }

    @Test
    void aSecretFileThatIsAwayOrOneTooManyIsAProblemThatShowsNoSecret() {
        Environment env = new Environment(Map.of(
                "MILLRACE_DATABASE_URL", "jdbc:postgresql://db/millrace",
                "MILLRACE_DATABASE_PASSWORD", "db-secret",
                "MILLRACE_DATABASE_PASSWORD_FILE", "/no/such/file"));
        DatabaseConfig.from(env);
        assertThatThrownBy(env::check)
                .hasMessageContaining("are both set")
                .hasMessageContaining("'/no/such/file', which cannot be read")
                .hasMessageNotContaining("db-secret");
    }

    @Test
    void anUnknownFormOfLogsOrAReceiverOfSpansThatIsNoUrlIsAProblem() {
        Environment env = new Environment(Map.of(
                "MILLRACE_KAFKA", "broker:9092",
                "MILLRACE_BLOBS", "/blobs",
                "MILLRACE_LOG", "xml",
                "MILLRACE_OTLP", "collector:4318"));
        PlatformConfig.from(env);
        assertThatThrownBy(env::check)
                .hasMessageContaining("MILLRACE_LOG is 'xml', expected text or json")
                .hasMessageContaining("MILLRACE_OTLP is 'collector:4318', expected a URL");
    }

    @Test
    void aBucketWithoutANameIsAProblem() {
        Environment env = new Environment(Map.of("MILLRACE_KAFKA", "broker:9092", "MILLRACE_BLOBS", "s3://"));
        PlatformConfig.from(env);
        assertThatThrownBy(env::check).hasMessageContaining("a folder or s3://bucket/prefix");
    }
}
