package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.http.Contract;
import io.millrace.http.AccessConfig;
import io.millrace.runtime.blob.Digest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AccessIT {
    private static final Provider PROVIDER = new Provider("https://login.example.org");

    @AutoClose
    private static RunningGateway gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path tokens = Files.writeString(
                folder.resolve("tokens"),
                "# who may call\n\n" + line("read", "reader") + line("submit", "sender") + line("admin", "boss"));
        Path keys = Files.writeString(folder.resolve("keys.json"), PROVIDER.keySet());
        AccessConfig.Oidc oidc = new AccessConfig.Oidc(keys, PROVIDER.issuer(), "millrace", "roles");
        gateway =
                new RunningGateway(folder, new AccessConfig(Optional.of(tokens), Optional.of(oidc), Optional.empty()));
    }

    private static String line(String role, String token) {
        return role + " " + Digest.of(token.getBytes(StandardCharsets.UTF_8)).sha256() + " for tests\n";
    }

    private static int read(String authorization) {
        return gateway.get("/runs", "Authorization", authorization).statusCode();
    }

    private static HttpResponse<String> upload(String token) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/datasets?name=a&target=y&trials=1"))
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("a,y\n" + "1,0\n".repeat(100_000))));
    }

    @Test
    void aCallerWithoutATokenIsAskedForOneWithAProblemDocument() {
        HttpResponse<String> answer = gateway.get("/runs");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .extracting(challenge -> challenge.split(" ")[0])
                .containsExactly("Basic", "Bearer");
        assertThat(new Contract().problems("Problem", answer.body())).isEmpty();
        assertThat(answer.body()).contains("Authorization: Bearer TOKEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer nobody",
                "Bearer ",
                "Bearer",
                "reader",
                "Digest reader",
                "Basic reader",
                "Basic cmVhZGVy",
                "Bearer reader ",
                "Bearer a.b.c"
            })
    void whatIsNoTokenOfOursIsNotTaken(String authorization) {
        assertThat(read(authorization)).isEqualTo(authorization.equals("Bearer reader ") ? 200 : 401);
    }

    @Test
    void aTokenOpensWhatItsRoleAllowsAndNothingElse() {
        assertThat(read("Bearer reader")).isEqualTo(200);
        assertThat(read("Bearer sender")).isEqualTo(200);
        assertThat(read("bearer boss")).isEqualTo(200);

        HttpResponse<String> refused = upload("reader");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(new Contract().problems("Problem", refused.body())).isEmpty();
        assertThat(refused.body()).contains("role submit");
        assertThat(upload("sender").statusCode()).isEqualTo(202);
        assertThat(upload("boss").statusCode()).isEqualTo(202);
    }

    @Test
    void aLargeUploadWithoutATokenGetsItsAnswerAndLeavesNothing() {
        List<String> before = gateway.blobs.list("");
        HttpResponse<String> answer = gateway.send(HttpRequest.newBuilder(gateway.uri("/datasets?name=a&trials=1"))
                .POST(BodyPublishers.ofByteArray(new byte[30 << 20])));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(new Contract().problems("Problem", answer.body())).isEmpty();
        assertThat(gateway.blobs.list("")).isEqualTo(before);
    }

    @Test
    void aBrowserSendsTheTokenAsAPassword() {
        String credentials = Base64.getEncoder().encodeToString("anyone:reader".getBytes(StandardCharsets.UTF_8));
        assertThat(read("Basic " + credentials)).isEqualTo(200);
    }

    @Test
    void thePageAndTheContractAreTheSameForEverybody() {
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/openapi.yaml").statusCode()).isEqualTo(200);
    }

    @Test
    void aStreamOfEventsAndAnArchiveAskToo() {
        assertThat(gateway.get("/runs/x/events").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/models/x/archive").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/models/x/archive", "Authorization", "Bearer reader")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aTokenOfTheProviderCarriesItsRoles() {
        assertThat(read("Bearer " + PROVIDER.token("millrace", later(), "\"read\"")))
                .isEqualTo(200);
        assertThat(read("Bearer " + PROVIDER.token("millrace", later(), "\"cook\"")))
                .isEqualTo(401);
        assertThat(upload(PROVIDER.token("millrace", later(), "\"read\"")).statusCode())
                .isEqualTo(403);
        assertThat(upload(PROVIDER.token("millrace", later(), "\"submit\"")).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aTokenOfTheProviderThatIsNotForUsIsRefused() {
        assertThat(read("Bearer " + PROVIDER.token("another", later(), "\"admin\"")))
                .isEqualTo(401);
        assertThat(read("Bearer " + PROVIDER.token("millrace", Instant.now().minus(Duration.ofHours(1)), "\"admin\"")))
                .isEqualTo(401);
        assertThat(read("Bearer " + PROVIDER.withoutEnd("millrace"))).isEqualTo(401);
        assertThat(read("Bearer " + new Provider(PROVIDER.issuer()).token("millrace", later(), "\"admin\"")))
                .isEqualTo(401);
        assertThat(read("Bearer " + PROVIDER.as("https://evil.example.org").token("millrace", later(), "\"admin\"")))
                .isEqualTo(401);
        assertThat(read("Bearer " + PROVIDER.unsigned("millrace", later()))).isEqualTo(401);
        assertThat(read("Bearer " + PROVIDER.signedWithThePublicKeyAsSecret("millrace", later())))
                .isEqualTo(401);
    }

    private static Instant later() {
        return Instant.now().plus(Duration.ofHours(1));
    }
}
