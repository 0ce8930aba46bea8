package io.millrace.runtime.kafka;

import io.millrace.runtime.work.RetryPolicy;
import java.time.Duration;
import java.util.Map;

/**
 * How the bus uses a Kafka cluster.
 *
 * @param bootstrapServers {@code host:port}, several parted by commas
 * @param properties further client properties, such as those of its security; they may hold secrets
 * @param partitions partitions of a topic that this bus creates
 * @param retention how long a topic that this bus creates keeps its records; the one of published models keeps the latest
 *     of every name
 * @param lock how long a worker holds a record without renewing; renewed at a third of it
 * @param drain how long a closing worker waits for its handler
 * @param leave how long a closing member may take to leave its group in order; zero where brokers and groups end with
 *     this process: members are not closed then, because a share consumer waits for its last fetch whatever its limit
 * @param retries tries per event
 */
public record KafkaConfig(
        String bootstrapServers,
        Map<String, String> properties,
        int partitions,
        Duration retention,
        Duration lock,
        Duration drain,
        Duration leave,
        RetryPolicy retries) {
    /** Partitions where nothing else is said; work spreads over more workers than that, so it only bounds throughput. */
    public static final int DEFAULT_PARTITIONS = 4;

    /** What a broker keeps where nothing else is said. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

    /** The shortest that a broker allows unless it is told otherwise. */
    public static final Duration DEFAULT_LOCK = Duration.ofSeconds(15);

    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(20);
    public static final Duration DEFAULT_LEAVE = Duration.ofSeconds(5);

    public KafkaConfig {
        properties = Map.copyOf(properties);
    }

    /** Defaults for a cluster without security. */
    public static KafkaConfig of(String bootstrapServers) {
        return new KafkaConfig(
                bootstrapServers,
                Map.of(),
                DEFAULT_PARTITIONS,
                DEFAULT_RETENTION,
                DEFAULT_LOCK,
                DEFAULT_DRAIN,
                DEFAULT_LEAVE,
                RetryPolicy.DEFAULT);
    }

    @Override
    public String toString() {
        return "KafkaConfig[bootstrapServers=" + bootstrapServers + ", properties=" + properties.keySet() + "]";
    }
}
