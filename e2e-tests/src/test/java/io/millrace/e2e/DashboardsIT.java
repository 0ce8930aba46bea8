package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.events.PredictionRequested;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.ManagementServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every panel against a real Prometheus and a real PostgreSQL after a real run; what each answers is written
 * to {@code target/dashboards.md}, so that a person can read what the panels will show.
 */
class DashboardsIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String READER = "reader";
    /** After so many more a panel that is still empty will stay so. */
    private static final int SCRAPES = 15;

    @TempDir
    Path folder;

    @Test
    void everyPanelShowsSomethingAfterARun() throws Exception {
        assumeTrue(
                Tools.find("prometheus").isPresent(),
                "prometheus is not installed, so no panel can be tried: apt-get install prometheus");
        try (BackEnds backEnds = BackEnds.start(folder);
                Connection owner = connect(
                        backEnds,
                        backEnds.environment().get("MILLRACE_DATABASE_USER"),
                        backEnds.environment().get("MILLRACE_DATABASE_PASSWORD"))) {
            makeReader(owner);
            Map<String, String> variables = new HashMap<>(backEnds.environment());
            variables.put("MILLRACE_GATEWAY_PORT", "0");
            variables.put("MILLRACE_SCORER_ANY_SIGNER", "true");
            variables.put("MILLRACE_SCRATCH", folder.resolve("scratch").toString());
            try (AllServices services = AllServices.start(variables);
                    ManagementServer management = ManagementServer.start(
                            "127.0.0.1", 0, services.platform().metrics(), () -> true);
                    PrometheusProcess prometheus = PrometheusProcess.start(folder, management.port())) {
                drop(backEnds);
                try (Connection reader = connect(backEnds, READER, READER)) {
                    String run = awaitRuns(reader);
                    predict(services.platform().bus());
                    compare(prometheus, reader, run);
                }
            }
        }
    }

    private static void compare(PrometheusProcess prometheus, Connection reader, String run) throws Exception {
        Map<Dashboards.Query, PanelResult> results = new TreeMap<>(Dashboards.ORDER);
        long enough = prometheus.scrapes() + SCRAPES;
        // A rate needs two scrapes, and what is read between scrapes shows at the next one.
        Waiting.until("every panel to show something", Duration.ofMinutes(1), () -> {
            for (Dashboards.Query query : Dashboards.queries()) {
                String text = query.filled(run);
                results.put(query, query.sql() ? PanelResult.of(reader, text) : prometheus.query(text));
            }
            return results.values().stream().noneMatch(PanelResult::isEmpty) || prometheus.scrapes() >= enough;
        });
        Files.writeString(Path.of("target", "dashboards.md"), PanelResult.report(results));
        assertThat(results).hasSizeGreaterThan(40);
        assertThat(results).allSatisfy((query, result) -> assertThat(result.rows())
                .as("%s, %s: %s", query.dashboard(), query.panel(), query.text())
                .isNotEmpty());
    }

    /** A data set that becomes a model, and one that is refused. */
    private void drop(BackEnds backEnds) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", backEnds.bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> good = new ProducerRecord<>(
                    "millrace.dataset.dropped", "flowers", Files.readAllBytes(SampleData.multiclass(folder)));
            good.headers().add("target", SampleData.multiclassTarget().getBytes(StandardCharsets.UTF_8));
            good.headers().add("trials", "16".getBytes(StandardCharsets.UTF_8));
            // A Gaussian model, for which there is no cure, is so far ahead here that no other is worth curing.
            good.headers().add("families", "boosting, mlp, realmlp, tabm".getBytes(StandardCharsets.UTF_8));
            producer.send(good).get();
            producer.send(new ProducerRecord<>("millrace.dataset.dropped", "nothing", new byte[0]))
                    .get();
        }
    }

    /** Rows for the model that was published, so that the scorer has something to show. */
    private void predict(EventBus bus) throws Exception {
        String rows = Files.readAllLines(SampleData.multiclass(folder)).stream()
                .limit(20)
                .collect(Collectors.joining("\n"));
        PredictionRequested request = new PredictionRequested("flowers", Optional.empty(), Optional.of(rows));
        bus.publish(List.of(new Envelope<>(
                UUID.randomUUID().toString(),
                "flowers",
                "predicted",
                Optional.empty(),
                Optional.empty(),
                "/millrace/test",
                Instant.now(),
                request)));
    }

    /** The id of the run that was published, when both runs have ended. */
    private static String awaitRuns(Connection reader) throws Exception {
        String ended = "SELECT id FROM gateway.run WHERE status = 'published' AND EXISTS "
                + "(SELECT 1 FROM gateway.run WHERE status = 'rejected')";
        List<String> run = new ArrayList<>();
        Waiting.until("both runs to end", LONG, () -> {
            try (Statement statement = reader.createStatement();
                    ResultSet rows = statement.executeQuery(ended)) {
                if (rows.next()) {
                    run.add(rows.getString(1));
                }
            }
            return !run.isEmpty();
        });
        return run.get(0);
    }

    private static Connection connect(BackEnds backEnds, String user, String password) throws Exception {
        return DriverManager.getConnection(backEnds.environment().get("MILLRACE_DATABASE_URL"), user, password);
    }

    /** Runs the statements that the compose file's database runs when it is new. */
    private static void makeReader(Connection owner) throws Exception {
        String script = Checkout.text("infra/postgres/reader.sh");
        String statements =
                script.substring(script.indexOf("<<'SQL'\n") + "<<'SQL'\n".length(), script.lastIndexOf("SQL"));
        try (Statement statement = owner.createStatement()) {
            statement.execute(statements.replace(":'password'", "'" + READER + "'"));
        }
    }
}
