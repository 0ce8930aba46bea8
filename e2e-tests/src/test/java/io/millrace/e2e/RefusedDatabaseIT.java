package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The services that keep state, each started alone as a user would, on a PostgreSQL that refuses them or is not there.
 * {@code DatabaseIT} has the whole list of refusals.
 */
@Timeout(300)
class RefusedDatabaseIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final List<String> SERVICES = List.of("planner", "gateway");

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        Path access = Files.writeString(
                folder.resolve("pg_hba.conf"), "host all postgres all trust\nhost all all all scram-sha-256\n");
        database = EmbeddedDatabase.start(folder.resolve("database"), Map.of("hba_file", access.toString()));
    }

    @AfterAll
    static void stop() {
        database.close();
        kafka.close();
    }

    @Test
    void aWrongPasswordIsOneErrorThatSaysWhatToDo() throws Exception {
        Map<String, Service> started = started(database.url(), "millrace", "not-the-password");
        for (Map.Entry<String, Service> service : started.entrySet()) {
            try (JavaProcess process = service.getValue().process()) {
                assertThat(process.exitCode(LONG)).as(process.output()).isEqualTo(2);
                assertThat(process.output())
                        .contains("millrace " + service.getKey() + " cannot start with this configuration:")
                        .containsOnlyOnce("password authentication failed for user \"millrace\"")
                        .contains("check MILLRACE_DATABASE_USER and MILLRACE_DATABASE_PASSWORD")
                        .doesNotContain("not-the-password", "\tat ");
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsWaitedForUnready() throws Exception {
        Path late = folder.resolve("late");
        String url;
        try (EmbeddedDatabase before = EmbeddedDatabase.start(late)) {
            url = before.url();
        }
        Map<String, Service> started = started(url, "postgres", "");
        try {
            for (Service service : started.values()) {
                service.process().await("word of the absent server", LONG, () -> service.process()
                        .output()
                        .contains("does not answer"));
                assertThat(service.port().status("/live")).isEqualTo(200);
                assertThat(service.port().status("/ready")).isEqualTo(503);
                assertThat(service.process().output())
                        .contains("is PostgreSQL up, and is MILLRACE_DATABASE_URL right?")
                        .doesNotContain("\tat ");
            }
            try (EmbeddedDatabase there = EmbeddedDatabase.start(late)) {
                assertThat(there.url()).isEqualTo(url);
                for (Service service : started.values()) {
                    service.process()
                            .await("readiness", LONG, () -> service.port().status("/ready") == 200);
                }
            }
        } finally {
            started.values().forEach(service -> service.process().close());
        }
    }

    private record Service(JavaProcess process, ManagementPort port) {}

    private static Map<String, Service> started(String url, String user, String password) throws Exception {
        Map<String, Service> started = new LinkedHashMap<>();
        for (String name : SERVICES) {
            ManagementPort port = ManagementPort.free();
            Map<String, String> environment = new HashMap<>(Map.of(
                    "MILLRACE_KAFKA", kafka.bootstrapServers(),
                    "MILLRACE_BLOBS", folder.resolve("blobs").toString(),
                    "MILLRACE_SCRATCH", folder.resolve("scratch-" + name).toString(),
                    "MILLRACE_HTTP_PORT", Integer.toString(port.number()),
                    "MILLRACE_DATABASE_URL", url,
                    "MILLRACE_DATABASE_USER", user,
                    "MILLRACE_DATABASE_PASSWORD", password));
            if (name.equals("gateway")) {
                environment.put("MILLRACE_GATEWAY_PORT", "0");
            }
            started.put(
                    name,
                    new Service(
                            JavaProcess.start(folder, ServiceProcesses.mains().get(name), environment), port));
        }
        return started;
    }
}
