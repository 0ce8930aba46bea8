package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.dataset.Metric;
import io.millrace.events.DatasetSubmitted;
import io.millrace.gateway.http.Contract;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UploadIT {
    @AutoClose
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) {
        gateway = new RunningGateway(folder);
    }

    @Test
    void rawBytesBeginARunWithTheSettingsOfHeadersAndQuery() {
        HttpResponse<String> answer =
                gateway.send(post("/datasets?name=Churn%202024&target=churn&budget=60s&metric=auc")
                        .header("Content-Type", "text/csv")
                        .header("Millrace-Seed", "42")
                        .header("Millrace-Target", "weaker")
                        .POST(BodyPublishers.ofString("a,churn\n1,0\n")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(new Contract().problems("Submitted", answer.body())).isEmpty();
        Envelope<DatasetSubmitted> event = submitted(answer);
        assertThat(answer.headers().firstValue("Location")).contains("/runs/" + event.runId());
        assertThat(event.event().name()).isEqualTo("churn-2024");
        assertThat(event.event().fileName()).isEqualTo("upload.csv");
        assertThat(event.event().settings().target()).contains("churn");
        assertThat(event.event().settings().metric()).contains(Metric.AUC);
        assertThat(event.event().settings().budget()).contains(Duration.ofSeconds(60));
        assertThat(event.event().settings().seed()).isEqualTo(42);
        assertThat(new String(gateway.blobs.read(event.event().data()), StandardCharsets.UTF_8))
                .isEqualTo("a,churn\n1,0\n");
        assertThat(gateway.get("/runs/" + event.runId()).statusCode()).isEqualTo(200);
    }

    @Test
    void aFormBeginsARunWhereverItsFieldsStand() {
        String body = "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Wine.CSV\"\r\n"
                + "Content-Type: text/csv\r\n\r\nx,y\n1,2\n\r\n--cut\r\n"
                + "Content-Disposition: form-data; name=\"target\"\r\n\r\ny\r\n--cut\r\n"
                + "Content-Disposition: form-data; name=\"budget\"\r\n\r\n\r\n--cut\r\n"
                + "Content-Disposition: form-data; name=\"trials\"\r\n\r\n5\r\n--cut--\r\n";
        HttpResponse<String> answer = gateway.send(post("/datasets")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        DatasetSubmitted event = submitted(answer).event();
        assertThat(event.name()).isEqualTo("wine");
        assertThat(event.fileName()).isEqualTo("wine.csv");
        assertThat(event.settings().target()).contains("y");
        assertThat(event.settings().trials()).contains(5);
        assertThat(new String(gateway.blobs.read(event.data()), StandardCharsets.UTF_8))
                .isEqualTo("x,y\n1,2\n");
    }

    @Test
    void fiftyMegabytesPassThroughWithoutBeingHeld() throws Exception {
        long size = 50L << 20;
        HttpResponse<String> answer = gateway.send(
                post("/datasets?name=large&budget=60s").POST(BodyPublishers.ofInputStream(() -> new Zeros(size))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(submitted(answer).event().data().bytes()).isEqualTo(size);
        RunningGateway.until(() -> leftovers().isEmpty());
    }

    @Test
    void anUploadOverTheLimitIsRefusedWhetherItSaysItsLengthOrNot() throws IOException {
        long size = RunningGateway.UPLOAD_LIMIT + (1L << 20);
        HttpResponse<String> unknown =
                gateway.send(post("/datasets?name=big").POST(BodyPublishers.ofInputStream(() -> new Zeros(size))));
        assertThat(unknown.statusCode()).isEqualTo(413);
        assertThat(new Contract().problems("Problem", unknown.body())).isEmpty();
        String known =
                saidUntilClosed("Content-Length: " + size + "\r\nExpect: 100-continue", InputStream.nullInputStream());
        assertThat(known).startsWith("HTTP/1.1 413 ");
        assertThat(new Contract().problems("Problem", known.substring(known.indexOf("\r\n\r\n") + 4)))
                .isEmpty();
        RunningGateway.until(() -> leftovers().isEmpty());
        assertThat(gateway.bus.published()).noneMatch(e -> e.subject().equals("big"));
    }

    @Test
    void theConnectionOfARefusedUploadIsClosedEvenIfTheClientKeepsIt() throws IOException {
        long size = RunningGateway.UPLOAD_LIMIT + 1;
        InputStream oneChunk = new SequenceInputStream(
                new SequenceInputStream(ascii(Long.toHexString(size) + "\r\n"), new Zeros(size)),
                ascii("\r\n0\r\n\r\n"));
        assertThat(saidUntilClosed("Transfer-Encoding: chunked", oneChunk)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void theSameKeyAndBytesAreTheSameRunAndOtherwiseEveryUploadIsANewOne() {
        assertThat(run(upload("k1"))).isEqualTo(run(upload("k1"))).isNotEqualTo(run(upload("k2")));
        HttpResponse<String> first = gateway.send(post("/datasets").POST(BodyPublishers.ofString("a,b\n")));
        HttpResponse<String> second = gateway.send(post("/datasets").POST(BodyPublishers.ofString("a,b\n")));
        assertThat(run(first)).isNotEqualTo(run(second));
    }

    @Test
    void settingsThatCannotBeUsedAreToldTogether() {
        HttpResponse<String> answer = gateway.send(
                post("/datasets?budget=soon&metric=beauty&colour=red").POST(BodyPublishers.ofString("a,b\n")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("budget", "beauty", "colour");
        HttpResponse<String> empty = gateway.send(post("/datasets")
                .header("Content-Type", "multipart/form-data; boundary=cut")
                .POST(BodyPublishers.ofString("--cut--\r\n")));
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(empty.body()).contains("No file");
    }

    private static HttpResponse<String> upload(String key) {
        return gateway.send(post("/datasets?name=again")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("a,b\n1,2\n")));
    }

    /**
     * Sends an upload on a connection of its own and reads until the server closes it; fails where it stays open. The
     * client of java.net.http cannot be used where a refusal stands in place of 100 Continue: it reads the body of that
     * answer twice and waits for ever (JDK-8286171).
     */
    private static String saidUntilClosed(String headers, InputStream body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            ascii("POST /datasets?name=big HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n")
                    .transferTo(out);
            body.transferTo(out);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream ascii(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static HttpRequest.Builder post(String path) {
        return HttpRequest.newBuilder(gateway.uri(path));
    }

    private static String run(HttpResponse<String> answer) {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class)
                .path("run")
                .asText();
    }

    private static Envelope<DatasetSubmitted> submitted(HttpResponse<String> answer) {
        return gateway.bus.published().stream()
                .filter(e -> e.runId().equals(run(answer)))
                .findFirst()
                .orElseThrow()
                .as(DatasetSubmitted.class);
    }

    private static List<Path> leftovers() {
        try (Stream<Path> files = Files.list(gateway.scratch().resolve("gateway"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many zero bytes, made as they are read. */
    private static final class Zeros extends InputStream {
        private long left;

        private Zeros(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            Arrays.fill(target, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
