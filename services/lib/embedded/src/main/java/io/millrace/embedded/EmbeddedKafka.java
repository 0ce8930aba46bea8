package io.millrace.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A Kafka broker and controller in this process, on the loopback interface only. Its data directory keeps topics,
 * groups and the port over restarts, a {@code kill -9} included; one process at a time may use it.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, DirectoryLock lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /** Starts on the port that this data directory had before where that is free, else on any free one. */
    public static EmbeddedKafka start(Path dataDirectory) {
        return start(dataDirectory, 0);
    }

    /**
     * Starts and returns when the broker answers.
     *
     * @param dataDirectory where everything is kept; made and formatted when empty
     * @param port port to listen on, or 0 for the one that this data directory had before or else any free one
     * @throws IllegalStateException when the directory is in use, the port is taken or the broker cannot start
     */
    public static EmbeddedKafka start(Path dataDirectory, int port) {
        return start(dataDirectory, port, Map.of());
    }

    /** The same with further settings of the broker, such as those of its security; they are stronger than its own. */
    public static EmbeddedKafka start(Path dataDirectory, int port, Map<String, String> settings) {
        try {
            DirectoryLock lock = DirectoryLock.take(dataDirectory);
            try {
                return start(dataDirectory, port, settings, lock);
            } catch (Exception | Error e) {
                lock.close();
                throw e;
            }
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the embedded Kafka could not start on " + dataDirectory + ": " + e.getMessage(), e);
        }
    }

    private static EmbeddedKafka start(
            Path dataDirectory, int wantedPort, Map<String, String> settings, DirectoryLock lock) throws Exception {
        Path logs = dataDirectory.resolve("logs");
        int port = wantedPort != 0 ? wantedPort : LoopbackPorts.remembered(dataDirectory.resolve("port"));
        boolean fresh = format(logs);
        Properties properties = BrokerSettings.of(logs, port, LoopbackPorts.free());
        properties.putAll(settings);
        KafkaConfig config = KafkaConfig.fromProps(properties, false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
            if (!fresh) {
                Heartbeats.often(address(port));
            }
        } catch (Exception e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
        return new EmbeddedKafka(server, lock, port);
    }

    /** Whether there was nothing before. */
    private static boolean format(Path logs) throws Exception {
        if (Files.exists(logs.resolve("meta.properties"))) {
            return false;
        }
        Files.createDirectories(logs);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(logs.toString())
                .setMetadataLogDirectory(logs.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setHasDynamicQuorum(false)
                .setIgnoreFormatted(true)
                .run();
        return true;
    }

    /**
     * Whoever joins a group at the start has joined: members of the groups that exist now need to say seldom that they are there.
     *
     * @param heartbeat how often, up to 15 s; who has not for three times as long is missed
     */
    public void settle(Duration heartbeat) throws InterruptedException {
        try {
            Heartbeats.seldom(bootstrapServers(), heartbeat);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the embedded Kafka does not take the settings of groups", e.getCause());
        }
    }

    private static String address(int port) {
        return "127.0.0.1:" + port;
    }

    /** What a client needs to connect. */
    public String bootstrapServers() {
        return address(port);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        try {
            lock.close();
        } catch (IOException e) {
            throw new IllegalStateException("the data directory of the embedded Kafka could not be freed", e);
        }
    }
}
