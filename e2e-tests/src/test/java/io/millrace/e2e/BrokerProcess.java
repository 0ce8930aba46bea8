package io.millrace.e2e;

import io.millrace.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** A broker in a process of its own, which can be stopped or killed, and comes back where it was. */
final class BrokerProcess implements AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(3);
    /** It lives too short a time to earn what the second compiler costs, a third of its start. */
    private static final Map<String, String> QUICK = Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final int port;
    private JavaProcess process;

    private BrokerProcess(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** What runs in the process: a broker on the folder and the port that the arguments name, until it is told to end. */
    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
        new CountDownLatch(1).await();
    }

    static BrokerProcess start(Path folder) throws IOException, InterruptedException {
        BrokerProcess broker = new BrokerProcess(folder, ManagementPort.free().number());
        broker.begin();
        return broker;
    }

    private void begin() throws InterruptedException {
        process = JavaProcess.start(
                folder.getParent(), BrokerProcess.class.getName(), QUICK, folder.toString(), Integer.toString(port));
        process.await("broker that answers", LONG, this::answers);
    }

    private boolean answers() {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "request.timeout.ms",
                "2000",
                "default.api.timeout.ms",
                "2000"))) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return false;
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    JavaProcess process() {
        return process;
    }

    void restart() throws InterruptedException {
        process.terminate();
        process.exitCode(LONG);
        begin();
    }

    void killAndStart() throws InterruptedException {
        process.kill();
        begin();
    }

    @Override
    public void close() {
        process.close();
    }
}
