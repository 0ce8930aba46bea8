package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.database.Database;
import io.millrace.embedded.EmbeddedDatabase;
import io.millrace.embedded.LoopbackCertificate;
import io.millrace.events.DatasetRejected;
import io.millrace.gateway.store.Projections;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.Environment;
import io.millrace.runtime.blob.BlobsConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL and S3 over TLS, as {@code infra/SECURITY.md} says to reach them, by a command in a process of its own:
 * {@code millrace gc} asks the database for old runs and the store for what is left of them.
 */
@Timeout(300)
class SecuredBackEndsIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String KEY = "test";
    private static final String BUCKET = "millrace";

    @TempDir
    static Path folder;

    private static LoopbackCertificate certificate;
    private static LoopbackCertificate foreign;
    private static EmbeddedDatabase database;
    private static ObjectStore store;

    @BeforeAll
    static void start() throws Exception {
        certificate = LoopbackCertificate.make(folder.resolve("own"));
        foreign = LoopbackCertificate.make(folder.resolve("foreign"));
        database = EmbeddedDatabase.start(
                folder.resolve("database"),
                Map.of(
                        "ssl", "on",
                        "ssl_cert_file", certificate.certificate().toString(),
                        "ssl_key_file", certificate.key().toString()));
        store = new ObjectStore(KEY, Optional.of(certificate));
        ObjectStore.createBucket(store.endpoint(), KEY, BUCKET);
        Map<String, String> plain = variables("", store.endpoint());
        try (BlobStore blobs = BlobsConfig.from(new Environment(plain)).open(folder);
                Database rows = Database.open(DatabaseConfig.from(new Environment(plain)), Projections.SCHEMA)) {
            blobs.put("datasets/run-1/old.csv", "a,b\n".getBytes(StandardCharsets.UTF_8));
            new Projections(rows)
                    .apply(new Envelope<>(
                            "event-1",
                            "old",
                            "run-1",
                            Optional.empty(),
                            Optional.empty(),
                            "/millrace/profiler",
                            Instant.EPOCH,
                            new DatasetRejected("old", "no-rows", "It has no rows.", "Send some.")));
        }
    }

    @AfterAll
    static void stop() {
        store.close();
        database.close();
    }

    @Test
    void bothAreReachedWhereTheirCertificatesAreTrusted() throws Exception {
        try (JavaProcess gc = gc(trusting(certificate, certificate))) {
            assertThat(gc.exitCode(LONG)).as(gc.output()).isZero();
            assertThat(gc.output()).contains("run-1").contains("1 runs and 1 objects would be removed");
        }
    }

    @Test
    void aDatabaseWithAForeignCertificateIsRefusedWithWhatToDo() throws Exception {
        try (JavaProcess gc = gc(trusting(foreign, certificate))) {
            assertThat(gc.exitCode(LONG)).isEqualTo(2);
            assertThat(gc.output())
                    .contains("the certificate of the database")
                    .contains("is not accepted")
                    .contains("sslrootcert in MILLRACE_DATABASE_URL")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aStoreWithAForeignCertificateIsRefusedWithWhatToDo() throws Exception {
        try (JavaProcess gc = gc(trusting(certificate, foreign))) {
            assertThat(gc.exitCode(LONG)).isEqualTo(1);
            assertThat(gc.output())
                    .contains("the store's certificate is not accepted")
                    .contains("-Djavax.net.ssl.trustStore=FILE in MILLRACE_JAVA_OPTS")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aWrongSecretOfTheStoreIsToldAndNotShown() throws Exception {
        Map<String, String> wrong = trusting(certificate, certificate);
        wrong.put("MILLRACE_S3_SECRET_KEY", "not-the-secret");
        try (JavaProcess gc = gc(wrong)) {
            assertThat(gc.exitCode(LONG)).isEqualTo(1);
            assertThat(gc.output())
                    .contains("check MILLRACE_BLOBS and MILLRACE_S3_*")
                    .doesNotContain("not-the-secret");
        }
    }

    private static JavaProcess gc(Map<String, String> environment) {
        return JavaProcess.start(
                folder, "io.millrace.allinone.Millrace", environment, "gc", "--dry-run", "--older-than", "24h");
    }

    /**
     * Variables that lead to both over TLS.
     *
     * @param ofDatabase whose certificate the driver of PostgreSQL is to believe
     * @param ofJvm whose certificate the JVM is to believe; its options come by the JVM's own variable, since no launcher of
     *     ours is between
     */
    private static Map<String, String> trusting(LoopbackCertificate ofDatabase, LoopbackCertificate ofJvm) {
        Map<String, String> variables = new HashMap<>(
                variables("?sslmode=verify-full&sslrootcert=" + ofDatabase.certificate(), store.secureEndpoint()));
        variables.put(
                "JDK_JAVA_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + ofJvm.keyStore() + " -Djavax.net.ssl.trustStorePassword="
                        + LoopbackCertificate.PASSWORD);
        return variables;
    }

    private static Map<String, String> variables(String urlEnd, String endpoint) {
        return Map.of(
                "MILLRACE_DATABASE_URL",
                database.url() + urlEnd,
                "MILLRACE_DATABASE_USER",
                database.user(),
                "MILLRACE_DATABASE_PASSWORD",
                database.password(),
                "MILLRACE_BLOBS",
                "s3://" + BUCKET + "/e2e",
                "MILLRACE_S3_ENDPOINT",
                endpoint,
                "MILLRACE_S3_ACCESS_KEY",
                KEY,
                "MILLRACE_S3_SECRET_KEY",
                KEY);
    }
}
