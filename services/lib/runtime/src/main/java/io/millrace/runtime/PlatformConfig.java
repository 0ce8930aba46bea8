package io.millrace.runtime;

import io.millrace.runtime.blob.BlobsConfig;
import io.millrace.runtime.kafka.KafkaConfig;
import io.millrace.runtime.work.RetryPolicy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * What every service is configured with.
 *
 * @param kafka cluster and its use
 * @param blobs object store
 * @param scratch folder under which each process has its own for temporary files
 * @param httpHost address that management listens on
 * @param httpPort port that management listens on; 0 for any free one
 * @param otlp where spans go; absent where nothing is traced
 */
public record PlatformConfig(
        KafkaConfig kafka, BlobsConfig blobs, Path scratch, String httpHost, int httpPort, Optional<URI> otlp) {
    private static final String KAFKA_PROPERTY = "MILLRACE_KAFKA_PROP_";
    private static final int MOST_PARTITIONS = 1000;
    private static final int MOST_ATTEMPTS = 100;

    /** Reads the variables that the runtime's README lists. */
    public static PlatformConfig from(Environment env) {
        RetryPolicy standard = RetryPolicy.DEFAULT;
        // Read by logback.xml itself, before anything else runs; here it is only checked.
        env.parsed("MILLRACE_LOG", "text", "text or json", PlatformConfig::logFormat);
        return new PlatformConfig(
                new KafkaConfig(
                        env.text("MILLRACE_KAFKA"),
                        kafkaProperties(env),
                        env.count("MILLRACE_KAFKA_PARTITIONS", KafkaConfig.DEFAULT_PARTITIONS, 1, MOST_PARTITIONS),
                        env.duration("MILLRACE_KAFKA_RETENTION", KafkaConfig.DEFAULT_RETENTION),
                        env.duration("MILLRACE_LEASE", KafkaConfig.DEFAULT_LOCK),
                        env.duration("MILLRACE_DRAIN", KafkaConfig.DEFAULT_DRAIN),
                        env.duration("MILLRACE_LEAVE", KafkaConfig.DEFAULT_LEAVE),
                        new RetryPolicy(
                                env.count("MILLRACE_ATTEMPTS", standard.attempts(), 1, MOST_ATTEMPTS),
                                standard.firstPause(),
                                standard.longestPause())),
                BlobsConfig.from(env),
                scratch(env),
                env.text("MILLRACE_HTTP_HOST", "127.0.0.1"),
                env.count("MILLRACE_HTTP_PORT", 0, 0, 65535),
                env.parsed(
                        "MILLRACE_OTLP",
                        Optional.empty(),
                        "a URL such as http://collector:4318",
                        url -> Optional.of(receiver(url))));
    }

    /** Reads {@code MILLRACE_SCRATCH}. */
    public static Path scratch(Environment env) {
        return Path.of(env.text("MILLRACE_SCRATCH", System.getProperty("java.io.tmpdir") + "/millrace"));
    }

    private static String logFormat(String text) {
        if (!Set.of("text", "json").contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static URI receiver(String url) {
        URI receiver = URI.create(url);
        if (!Set.of("http", "https").contains(String.valueOf(receiver.getScheme())) || receiver.getHost() == null) {
            throw new IllegalArgumentException(url);
        }
        return receiver;
    }

    /**
     * Those of the file {@code MILLRACE_KAFKA_PROPERTIES}, and over them single ones:
     * {@code MILLRACE_KAFKA_PROP_SECURITY_PROTOCOL} is the client property {@code security.protocol}.
     */
    private static Map<String, String> kafkaProperties(Environment env) {
        Map<String, String> properties = new TreeMap<>(env.parsed(
                "MILLRACE_KAFKA_PROPERTIES",
                Map.of(),
                "a readable file of Kafka client properties",
                PlatformConfig::load));
        env.withPrefix(KAFKA_PROPERTY)
                .forEach((key, value) -> properties.put(
                        key.substring(KAFKA_PROPERTY.length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value));
        return properties;
    }

    private static Map<String, String> load(String file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(file))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
    }
}
