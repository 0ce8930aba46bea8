package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Kafka, PostgreSQL and an object store: in containers where a container engine answers, otherwise embedded ones and a
 * folder. The tests are the same.
 */
final class BackEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackEnds.class);
    private static final int S3_PORT = 8333;

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private String bootstrapServers;
    private Map<String, String> environment;

    private BackEnds() {}

    static BackEnds start(Path folder) {
        BackEnds backEnds = new BackEnds();
        try {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                LOG.info("back ends run in containers");
                backEnds.containers();
            } else {
                LOG.info("no container engine answers: back ends are embedded");
                backEnds.embedded(folder);
            }
            return backEnds;
        } catch (RuntimeException e) {
            backEnds.close();
            throw e;
        }
    }

    private void embedded(Path folder) {
        EmbeddedKafka kafka = keep(EmbeddedKafka.start(folder.resolve("kafka")));
        EmbeddedDatabase database = keep(EmbeddedDatabase.start(folder.resolve("postgres")));
        bootstrapServers = kafka.bootstrapServers();
        environment = Map.of(
                "MILLRACE_KAFKA", bootstrapServers,
                "MILLRACE_BLOBS", folder.resolve("blobs").toString(),
                "MILLRACE_DATABASE_URL", database.url(),
                "MILLRACE_DATABASE_USER", database.user(),
                "MILLRACE_DATABASE_PASSWORD", database.password());
    }

    @SuppressWarnings("resource") // kept, and closed in close()
    private void containers() {
        KafkaContainer kafka = keep(new KafkaContainer("apache/kafka-native:4.4.0"));
        PostgreSQLContainer database = keep(new PostgreSQLContainer("postgres:18"));
        GenericContainer<?> store = keep(new GenericContainer<>("chrislusf/seaweedfs:latest")
                .withCommand("server -s3 -dir=/data")
                .withExposedPorts(S3_PORT)
                .waitingFor(Wait.forListeningPort()));
        kafka.start();
        database.start();
        store.start();
        bootstrapServers = kafka.getBootstrapServers();
        environment = Map.of(
                "MILLRACE_KAFKA",
                bootstrapServers,
                "MILLRACE_BLOBS",
                "s3://millrace/e2e",
                "MILLRACE_S3_ENDPOINT",
                "http://" + store.getHost() + ":" + store.getMappedPort(S3_PORT),
                "MILLRACE_S3_REGION",
                "us-east-1",
                "MILLRACE_S3_ACCESS_KEY",
                "any",
                "MILLRACE_S3_SECRET_KEY",
                "any",
                "MILLRACE_DATABASE_URL",
                database.getJdbcUrl(),
                "MILLRACE_DATABASE_USER",
                database.getUsername(),
                "MILLRACE_DATABASE_PASSWORD",
                database.getPassword());
    }

    private <T extends AutoCloseable> T keep(T part) {
        started.push(part);
        return part;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** {@code MILLRACE_*} variables that lead a service to the back ends. */
    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.warn("a back end did not close cleanly", e);
            }
        }
    }
}
