package io.millrace.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.events.BlobRef;
import io.millrace.events.DatasetRejected;
import io.millrace.events.Event;
import io.millrace.events.FailureKind;
import io.millrace.events.ModelPublished;
import io.millrace.events.RunFailed;
import io.millrace.intake.Fixture.Crash;
import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.RawRecord;
import io.millrace.runtime.blob.BlobsConfig.S3Access;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.blob.StoredObject;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** The bucket as an inbox, against an S3 server in this process. */
class BucketDropTest {
    private static final String BUCKET = "inbox";
    private static final String KEY = "test";
    private static final String NOTES = "/.millrace/runs/";
    private static final int PART = 5 << 20;

    private static S3Proxy server;
    private static S3Client user;

    @TempDir
    Path scratch;

    private Fixture fixture;
    private S3Bucket bucket;

    @BeforeAll
    static void start() throws Exception {
        server = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, KEY)
                .blobStore(new TransientNio2BlobStore())
                .build();
        server.start();
        user = S3Client.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + server.getPort()))
                .forcePathStyle(true)
                .serviceConfiguration(all -> all.chunkedEncodingEnabled(false))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                // The server closes idle connections, and this client would notice too late that it kept one of them.
                .overrideConfiguration(all -> all.putHeader("Connection", "close"))
                .build();
        user.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterAll
    static void stop() throws Exception {
        user.close();
        server.stop();
    }

    @BeforeEach
    void open() {
        fixture = new Fixture(scratch);
        bucket = S3Bucket.open(
                "s3://" + BUCKET + "/data",
                new S3Access(
                        Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                        "us-east-1",
                        Optional.of(KEY),
                        Optional.of(KEY)));
    }

    @AfterEach
    void empty() {
        all().forEach(key -> user.deleteObject(request -> request.bucket(BUCKET).key(key)));
        bucket.close();
    }

    @Test
    void anObjectIsSubmittedOnceAndMovedToDone() throws Exception {
        put("data/Churn 2024.csv", "a,b\n1,2\n");
        intake().look();
        intake().look();
        assertThat(fixture.submitted()).singleElement().satisfies(e -> {
            assertThat(e.event().name()).isEqualTo("churn-2024");
            assertThat(fixture.content(e)).isEqualTo("a,b\n1,2\n");
        });
        assertThat(keys()).as("moved, with no claim or note left behind").containsExactly("data/done/Churn 2024.csv");
        assertThat(noted()).singleElement().satisfies(note -> assertThat(note)
                .endsWith(fixture.submitted().get(0).runId()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\\..\\..\\boot.csv",
                "C:\\data.csv",
                "%2e%2e%2fetc%2fpasswd.csv",
                "a\u0001b\u007f.csv",
                "a\r\nforged line.csv",
                "a\u202evsc.csv",
                "~root;rm -rf *.csv",
                "<b>&amp;'\".csv",
                "?versionId=1&a=b#c.csv"
            })
    void aHostileNameBecomesAPlainOneAndTheObjectKeepsItsOwn(String name) throws Exception {
        put("data/" + name, "a,b\n1,2\n");
        put("data/good.csv", "a,b\n3,4\n");
        intake().look();
        assertThat(fixture.submitted()).hasSize(2).allSatisfy(e -> {
            assertThat(e.event().name()).matches("[a-z0-9_][a-z0-9._-]{0,99}");
            assertThat(e.event().data().uri()).matches("blob:datasets/" + e.runId() + "/[a-z0-9_][a-z0-9._-]*[.]csv");
        });
        assertThat(keys()).containsExactlyInAnyOrder("data/done/" + name, "data/done/good.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/passwd.csv", "..csv", ".a.csv", "...csv", "a/b/c.csv"})
    void anObjectInAFolderOrWithADotInFrontIsLeftAlone(String name) throws Exception {
        put("data/" + name, "a,b\n1,2\n");
        put("data/good.csv", "a,b\n3,4\n");
        List<String> others =
                keys().stream().filter(key -> !key.endsWith("good.csv")).toList();
        intake().look();
        assertThat(fixture.submitted())
                .singleElement()
                .satisfies(e -> assertThat(e.event().name()).isEqualTo("good"));
        assertThat(keys()).containsAll(others).contains("data/done/good.csv").hasSize(others.size() + 1);
    }

    /** This server stores no such keys, but a notification is only a record that anyone can write. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "data/../../etc/passwd.csv",
                "../data/good.csv",
                "/data/good.csv",
                "data//etc/passwd.csv",
                "data/%2e%2e%2fgood.csv",
                "data/a/../good.csv"
            })
    void aNotificationOfAKeyThatIsAPathLeadsNowhere(String key) throws Exception {
        put("data/good.csv", "a,b\n3,4\n");
        new TakeBucketEvent(bucket, intake()).on(record(notification("ObjectCreated:Put", key)));
        assertThat(fixture.submitted()).isEmpty();
        assertThat(keys()).containsExactly("data/good.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "{\"exit\": \"done\", \"runId\": \"short\", \"objects\": []}",
                "{\"exit\": \"done\", \"runId\": \"../01234567\", \"objects\": []}",
                "{\"exit\": \"done\", \"runId\": \"0123456789\", \"objects\":"
                        + " [{\"name\": \"../secret.csv\", \"bytes\": 8, \"modifiedSeconds\": 0, \"eTag\": \"e\"}]}"
            })
    void aNoteThatSomeonePutsMovesNothingAndKeepsIntakeRunning(String note) throws Exception {
        put("data/.millrace/moves/0123456789", note);
        put("data/good.csv", "a,b\n1,2\n");
        intake().look();
        assertThat(fixture.submitted()).hasSize(1);
        assertThat(keys()).containsExactly("data/.millrace/moves/0123456789", "data/done/good.csv");
    }

    @Test
    void aSideFileHoldsTheSettingsAndMovesAlong() throws Exception {
        put("data/churn.json", "{\"target\": \"b\", \"trials\": 3}");
        intake().look();
        assertThat(fixture.submitted()).as("settings alone are no drop").isEmpty();
        put("data/churn.csv", "a,b\n1,2\n");
        intake().look();
        assertThat(fixture.submitted())
                .singleElement()
                .satisfies(e -> assertThat(e.event().settings().target()).contains("b"));
        assertThat(keys()).containsExactly("data/done/churn.csv", "data/done/churn.json");
    }

    @Test
    void twoDataSetsOfOneSideFileBothHaveItsSettings() throws Exception {
        put("data/churn.csv", "a,y\n1,0\n");
        put("data/churn.tsv", "a\ty\n1\t0\n");
        put("data/churn.json", "{\"target\": \"y\"}");
        InboxLoop intake = intake();
        intake.look();
        intake.look();

        assertThat(fixture.submitted())
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.event().settings().target()).contains("y"));
        assertThat(keys()).containsExactly("data/done/churn.csv", "data/done/churn.json", "data/done/churn.tsv");
    }

    @Test
    void whatCannotBeUsedIsMovedToRejectedWithTheReasonBesideIt() throws Exception {
        put("data/slides.pptx", "?");
        put("data/churn.csv", "a,b\n1,2\n");
        put("data/churn.json", "{\"bugdet\": \"5m\"}");
        intake().look();
        assertThat(fixture.submitted()).isEmpty();
        assertThat(fixture.rejected()).extracting(r -> r.problem()).containsExactly("bad-settings", "unknown-format");
        assertThat(keys())
                .containsExactly(
                        "data/rejected/churn.csv",
                        "data/rejected/churn.csv.reason.txt",
                        "data/rejected/churn.json",
                        "data/rejected/slides.pptx",
                        "data/rejected/slides.pptx.reason.txt");
        assertThat(text("data/rejected/churn.csv.reason.txt"))
                .contains("bugdet")
                .contains("budget");
    }

    @Test
    void anUploadInPartsIsSeenOnlyWhenItHasEnded() throws Exception {
        String id = user.createMultipartUpload(request -> request.bucket(BUCKET).key("data/big.csv"))
                .uploadId();
        String first = "a,b\n" + "1,2\n".repeat(PART / 4);
        CompletedPart one = part(id, 1, first);
        intake().look();
        assertThat(fixture.submitted()).isEmpty();
        CompletedPart two = part(id, 2, "3,4\n");
        user.completeMultipartUpload(request ->
                request.bucket(BUCKET).key("data/big.csv").uploadId(id).multipartUpload(m -> m.parts(one, two)));
        intake().look();
        assertThat(fixture.submitted())
                .singleElement()
                .satisfies(e -> assertThat(e.event().data().bytes()).isEqualTo(first.length() + 4L));
    }

    @Test
    void ofManyIntakesOneSubmits() throws Exception {
        int intakes = 6;
        for (int file = 0; file < 4; file++) {
            put("data/file" + file + ".csv", "a,b\n1," + file + "\n");
        }
        ExecutorService threads = Executors.newFixedThreadPool(intakes);
        try {
            Callable<Void> look = () -> {
                intake().look();
                return null;
            };
            List<Future<Void>> looks = threads.invokeAll(Collections.nCopies(intakes, look));
            for (Future<Void> done : looks) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(fixture.submitted())
                .extracting(e -> e.event().name())
                .containsExactlyInAnyOrder("file0", "file1", "file2", "file3");
    }

    @Test
    void whatAnotherIntakeHasClaimedIsLeftToItUntilTheClaimExpires() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        StoredObject object = bucket.find("churn.csv").orElseThrow();
        assertThat(new BucketClaims(bucket, Clock.systemUTC()).take(object))
                .as("the other intake, which then dies")
                .isPresent();
        intake().look();
        assertThat(fixture.submitted()).isEmpty();
        Clock later = Clock.offset(Clock.systemUTC(), BucketClaims.LEASE.plusSeconds(2));
        intake(later).look();
        assertThat(fixture.submitted()).hasSize(1);
        assertThat(keys()).containsExactly("data/done/churn.csv");
    }

    @Test
    void aCrashAfterPublishingRepeatsTheSameRun() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        put("data/churn.json", "{\"target\": \"b\"}");
        fixture.bus.crashAfter = true;
        assertThatThrownBy(() -> intake().look()).isInstanceOf(Crash.class);
        fixture.bus.crashAfter = false;
        intake(Clock.offset(Clock.systemUTC(), BucketClaims.LEASE.plusSeconds(2)))
                .look();
        assertThat(fixture.submitted())
                .hasSize(2)
                .extracting(e -> e.id())
                .containsOnly(fixture.submitted().get(0).id());
        assertThat(keys()).containsExactly("data/done/churn.csv", "data/done/churn.json");
    }

    @Test
    void whileKafkaIsAwayTheObjectStaysAndIsSubmittedAfterwards() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        fixture.bus.away = true;
        assertThatThrownBy(() -> intake().look()).isInstanceOf(EventHandlingException.class);
        fixture.bus.away = false;
        intake().look();
        assertThat(fixture.submitted()).hasSize(1);
    }

    @Test
    void aMoveThatACrashInterruptedIsFinishedByTheNextLook() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        put("data/churn.json", "{}");
        List<StoredObject> objects = List.of(
                bucket.find("churn.csv").orElseThrow(),
                bucket.find("churn.json").orElseThrow());
        // As a crash leaves it: the note is written, the data set is away, its side file is not.
        BucketInbox inbox = new BucketInbox(bucket);
        bucket.put(
                ".millrace/moves/0123456789",
                Json.write(Map.of("exit", "done", "runId", "0123456789", "objects", objects)));
        bucket.copy(objects.get(0), "done/churn.csv");
        bucket.delete("churn.csv");
        assertThat(inbox.list()).isEmpty();
        assertThat(keys()).containsExactly("data/done/churn.csv", "data/done/churn.json");
    }

    @Test
    void aNewObjectUnderANameThatWasDoneIsANewRunAndKeepsTheOldOne() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        intake().look();
        put("data/churn.csv", "a,b\n3,4\n");
        intake().look();
        assertThat(fixture.submitted()).hasSize(2).extracting(e -> e.runId()).doesNotHaveDuplicates();
        assertThat(keys())
                .hasSize(2)
                .contains("data/done/churn.csv")
                .anyMatch(key -> key.matches("data/done/churn-[0-9a-f]{8}\\.csv"));
    }

    @Test
    void anObjectThatWasReplacedSinceItWasLookedAtIsNotTouched() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        StoredObject before = bucket.find("churn.csv").orElseThrow();
        put("data/churn.csv", "a,b\n3,4\n");
        BucketInbox inbox = new BucketInbox(bucket);
        assertThat(inbox.read(before)).isEmpty();
        inbox.moveOut(Inbox.Exit.DONE, "0123456789", List.of(before));
        assertThat(keys()).containsExactly("data/churn.csv");
    }

    @Test
    void aNotificationLeadsToALookAndRepeatedOnesToNothing() throws Exception {
        put("data/my data.csv", "a,b\n1,2\n");
        TakeBucketEvent events = new TakeBucketEvent(bucket, intake());
        events.on(record(notification("ObjectRemoved:Delete", "data/my+data.csv")));
        events.on(record(notification("ObjectCreated:Put", "elsewhere/other.csv")));
        events.on(record(notification("ObjectCreated:Put", "data/done/old.csv")));
        events.on(record("no JSON"));
        events.on(record("{\"Event\": \"s3:TestEvent\"}"));
        assertThat(fixture.submitted()).isEmpty();
        events.on(record(notification("s3:ObjectCreated:CompleteMultipartUpload", "data/my+data.csv")));
        events.on(record(notification("s3:ObjectCreated:CompleteMultipartUpload", "data/my+data.csv")));
        assertThat(fixture.submitted())
                .singleElement()
                .satisfies(e -> assertThat(e.event().name()).isEqualTo("my-data"));
    }

    @Test
    void whatARunEndsWithIsPutIntoAFolderOfItsDrop() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        intake().look();
        String run = fixture.submitted().get(0).runId();
        ModelPublished published = published("churn", Optional.of(blob("predictions", "row,prediction\n")));

        results().on(end("another-run", published));
        assertThat(keys()).as("another's").containsExactly("data/done/churn.csv");
        results().on(end(run, published));

        String folder = "data/results/churn-" + run.substring(0, 8) + "/";
        assertThat(keys())
                .containsExactly(
                        "data/done/churn.csv",
                        folder + "leaderboard.csv",
                        folder + "model.published.json",
                        folder + "model.zip",
                        folder + "predictions.csv");
        assertThat(text(folder + "model.zip")).isEqualTo("model");
        assertThat(Json.read(text(folder + "model.published.json").getBytes(UTF_8), ModelPublished.class))
                .isEqualTo(published);
        assertThat(noted()).isEmpty();

        user.deleteObject(request -> request.bucket(BUCKET).key(folder + "model.zip"));
        results().on(end(run, published));
        assertThat(keys()).as("an event that comes again").doesNotContain(folder + "model.zip");
    }

    @Test
    void aRunWithoutAModelLeavesTheReason() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        put("data/sales.csv", "a,b\n1,2\n");
        intake().look();
        String failed = fixture.submitted().get(0).runId();
        String rejected = fixture.submitted().get(1).runId();

        results().on(end(failed, new RunFailed("churn", "planner", FailureKind.TIMEOUT, "Give it more time.")));
        results().on(end(rejected, new DatasetRejected("sales", "no-rows", "It has no rows.", "Send some.")));

        assertThat(text("data/results/churn-" + failed.substring(0, 8) + "/reason.txt"))
                .isEqualTo("Give it more time.\n");
        assertThat(text("data/results/sales-" + rejected.substring(0, 8) + "/reason.txt"))
                .isEqualTo("It has no rows.\nSend some.\n");
    }

    @Test
    void aCrashAmidTheResultsRepeatsThemAndAModelThatIsGoneHoldsUpNobody() throws Exception {
        put("data/churn.csv", "a,b\n1,2\n");
        intake().look();
        String run = fixture.submitted().get(0).runId();
        ModelPublished published = published("churn", Optional.empty());
        // As a crash leaves it: the folder is begun, the note is there.
        put("data/results/churn-" + run.substring(0, 8) + "/model.zip", "mod");
        results().on(end(run, published));
        assertThat(text("data/results/churn-" + run.substring(0, 8) + "/model.zip"))
                .isEqualTo("model");

        results().expect("fedcba98-other");
        fixture.blobs.delete("runs/r/model");
        results().on(end("fedcba98-other", published));
        assertThat(noted()).isEmpty();
    }

    private BucketResults results() {
        return new BucketResults(bucket, fixture.blobs, scratch);
    }

    private static Envelope<Event> end(String run, Event event) {
        return new Envelope<>(
                "end-" + run, "churn", run, Optional.empty(), Optional.empty(), "/test", Fixture.NOW, event);
    }

    /** The schema's example with files that are there. */
    private ModelPublished published(String name, Optional<BlobRef> predictions) throws IOException {
        try (InputStream example = getClass().getResourceAsStream("/examples/model.published.v1.json")) {
            ObjectNode node = (ObjectNode) Json.read(example.readAllBytes(), JsonNode.class);
            node.put("name", name);
            node.set("model", json(blob("model", "model")));
            node.set("leaderboardFile", json(blob("leaderboard", "rank,trial\n")));
            node.remove("holdoutPredictions");
            predictions.ifPresent(p -> node.set("holdoutPredictions", json(p)));
            return Json.read(Json.write(node), ModelPublished.class);
        }
    }

    private BlobRef blob(String name, String content) {
        return fixture.blobs.put("runs/r/" + name, content.getBytes(UTF_8));
    }

    private static JsonNode json(BlobRef blob) {
        return Json.read(Json.write(blob), JsonNode.class);
    }

    private InboxLoop intake() {
        return intake(Clock.systemUTC());
    }

    private InboxLoop intake(Clock clock) {
        BucketInbox inbox = new BucketInbox(bucket);
        SubmitDroppedObject submit = new SubmitDroppedObject(
                inbox, new BucketClaims(bucket, clock), results(), fixture.submit, fixture.announcer);
        return new InboxLoop(
                inbox::list,
                new InboxWatch(Duration.ZERO),
                drop -> submit.submit(drop.data().name(), drop.side().map(s -> s.name()), drop.sideStays()),
                clock);
    }

    private static String notification(String event, String key) {
        return """
                {"Records": [{"eventSource": "aws:s3", "eventName": "%s",
                  "s3": {"bucket": {"name": "inbox"}, "object": {"key": "%s", "size": 8, "eTag": "e", "sequencer": "1"}}}]}
                """
                .formatted(event, key);
    }

    private static RawRecord record(String value) {
        return new RawRecord("bucket-events", 0, 0, Fixture.NOW, new byte[0], value.getBytes(UTF_8), Map.of());
    }

    private static void put(String key, String content) {
        user.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private static CompletedPart part(String upload, int number, String content) {
        String tag = user.uploadPart(
                        request -> request.bucket(BUCKET)
                                .key("data/big.csv")
                                .uploadId(upload)
                                .partNumber(number),
                        RequestBody.fromString(content))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private static String text(String key) throws IOException {
        return user.getObjectAsBytes(request -> request.bucket(BUCKET).key(key)).asUtf8String();
    }

    /** All but the notes of runs that have not ended. */
    private static List<String> keys() {
        return all().filter(key -> !key.contains(NOTES)).toList();
    }

    private static List<String> noted() {
        return all().filter(key -> key.contains(NOTES)).toList();
    }

    private static Stream<String> all() {
        return user
                .listObjectsV2Paginator(request -> request.bucket(BUCKET).encodingType(EncodingType.URL))
                .contents()
                .stream()
                .map(o -> o.key())
                .sorted();
    }
}
