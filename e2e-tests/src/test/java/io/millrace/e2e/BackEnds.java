package io.millrace.e2e;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Environment;
import io.millrace.runtime.blob.BlobsConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Kafka, PostgreSQL and an S3 store: in containers where a container engine answers, otherwise embedded ones. The tests
 * are the same.
 */
final class BackEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackEnds.class);
    private static final int S3_PORT = 8333;
    private static final String BUCKET = "millrace";
    private static final String KEY = "test";

    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private String bootstrapServers;
    private RestartableKafka broker;
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
        }
    }

    private void embedded(Path folder) {
        broker = keep(new RestartableKafka(folder.resolve("kafka")));
        EmbeddedDatabase database = keep(EmbeddedDatabase.start(folder.resolve("postgres")));
        S3Proxy store = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, KEY)
                .blobStore(new TransientNio2BlobStore())
                .build();
        started.push(store::stop);
        try {
            store.start();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded S3 store does not start", e);
        }
        lead(broker.bootstrapServers(), database.url(), database.user(), database.password());
        leadToStore("http://127.0.0.1:" + store.getPort());
    }

    @SuppressWarnings("resource") // kept, and closed in close()
    private void containers() {
        KafkaContainer kafka = keep(new KafkaContainer("apache/kafka-native:4.4.0"));
        PostgreSQLContainer database = keep(new PostgreSQLContainer("postgres:18"));
        GenericContainer<?> store = keep(new GenericContainer<>("chrislusf/seaweedfs:3.97")
                .withCommand("server -s3 -dir=/data")
                .withExposedPorts(S3_PORT)
                .waitingFor(Wait.forListeningPort()));
        kafka.start();
        database.start();
        store.start();
        lead(kafka.getBootstrapServers(), database.getJdbcUrl(), database.getUsername(), database.getPassword());
        leadToStore("http://" + store.getHost() + ":" + store.getMappedPort(S3_PORT));
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
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    /** Stops the broker in order and starts it again on its data and its port; one in a container is left alone. */
    void restartBroker() {
        if (broker != null) {
            broker.restart();
        }
    }

    /** An embedded broker that comes back where it was. */
    private static final class RestartableKafka implements AutoCloseable {
        private final Path folder;
        private EmbeddedKafka running;

        RestartableKafka(Path folder) {
            this.folder = folder;
            this.running = EmbeddedKafka.start(folder);
        }

        String bootstrapServers() {
            return running.bootstrapServers();
        }

        void restart() {
            running.close();
            running = EmbeddedKafka.start(folder);
        }

        @Override
        public void close() {
            running.close();
        }
    }

    /** The object store as a service would open it. */
    BlobStore openStore() {
        return BlobsConfig.from(new Environment(environment)).open();
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
