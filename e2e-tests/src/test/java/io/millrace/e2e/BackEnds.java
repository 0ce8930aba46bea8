package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Environment;
import io.millrace.runtime.blob.BlobsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Kafka, PostgreSQL and an S3 store: in containers of the compose file's images where a container engine answers, otherwise
 * embedded ones. The tests are the same.
 */
final class BackEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackEnds.class);
    private static final int S3_PORT = 9000;
    private static final String BUCKET = "millrace";
    private static final String KEY = "test";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private String bootstrapServers;
    private BrokerProcess broker;
    private Path databaseFolder;
    private EmbeddedDatabase database;
    private ObjectStore store;
    private final Map<String, String> environment = new TreeMap<>();

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
        } catch (IOException e) {
            backEnds.close();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            backEnds.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void embedded(Path folder) throws IOException, InterruptedException {
        broker = keep(BrokerProcess.start(folder.resolve("kafka")));
        databaseFolder = folder.resolve("postgres");
        database = EmbeddedDatabase.start(databaseFolder);
        keep(() -> database.close());
        store = keep(new ObjectStore(KEY));
        lead(broker.bootstrapServers(), database.url(), database.user(), database.password());
        leadToStore(store.endpoint());
    }

    @SuppressWarnings("resource") // kept, and closed in close()
    private void containers() {
        KafkaContainer kafka = keep(new KafkaContainer(ComposeFile.image("kafka")));
        PostgreSQLContainer postgres = keep(new PostgreSQLContainer(ComposeFile.image("postgres")));
        GenericContainer<?> s3 = keep(new GenericContainer<>(ComposeFile.image("store"))
                .withEnv(Map.of(
                        "RUSTFS_VOLUMES",
                        "/data",
                        "RUSTFS_ADDRESS",
                        "0.0.0.0:" + S3_PORT,
                        "RUSTFS_CONSOLE_ENABLE",
                        "false",
                        "RUSTFS_ACCESS_KEY",
                        KEY,
                        "RUSTFS_SECRET_KEY",
                        KEY))
                .withExposedPorts(S3_PORT)
                .waitingFor(Wait.forHttp("/health").forPort(S3_PORT)));
        kafka.start();
        postgres.start();
        s3.start();
        lead(kafka.getBootstrapServers(), postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
        leadToStore("http://" + s3.getHost() + ":" + s3.getMappedPort(S3_PORT));
    }

    private void lead(String kafka, String databaseUrl, String user, String password) {
        bootstrapServers = kafka;
        environment.put("MILLRACE_KAFKA", kafka);
        environment.put("MILLRACE_DATABASE_URL", databaseUrl);
        environment.put("MILLRACE_DATABASE_USER", user);
        environment.put("MILLRACE_DATABASE_PASSWORD", password);
    }

    private void leadToStore(String endpoint) {
        environment.put("MILLRACE_BLOBS", "s3://" + BUCKET + "/e2e");
        environment.put("MILLRACE_S3_ENDPOINT", endpoint);
        environment.put("MILLRACE_S3_ACCESS_KEY", KEY);
        environment.put("MILLRACE_S3_SECRET_KEY", KEY);
        ObjectStore.createBucket(endpoint, KEY, BUCKET);
    }

    /** Whether a back end can be hurt: one in a container is left alone. */
    boolean areOurs() {
        return broker != null;
    }

    /** Stops the broker in order and starts it again on its data and its port. */
    void restartBroker() throws InterruptedException {
        broker.restart();
    }

    /** The same without a word of warning. */
    void killBroker() throws InterruptedException {
        broker.killAndStart();
    }

    /** Stops PostgreSQL, breaking its connections, and starts it again on its data and its port. */
    void restartDatabase() {
        database.close();
        database = EmbeddedDatabase.start(databaseFolder);
    }

    /** The object store cannot be reached for a while. */
    void storeAway(Duration length) throws InterruptedException {
        store.end();
        Thread.sleep(length.toMillis());
        store.begin();
    }

    /** The object store as a service would open it. */
    BlobStore openStore() {
        return BlobsConfig.from(new Environment(environment)).open(Path.of(System.getProperty("java.io.tmpdir")));
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
        return Map.copyOf(environment);
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
