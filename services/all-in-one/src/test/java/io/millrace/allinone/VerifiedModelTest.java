package io.millrace.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.signing.SigningKey;
import io.millrace.runtime.signing.TrustedKeys;
import io.millrace.runtime.signing.TrustedKeys.Verdict;
import io.millrace.runtime.signing.VerifiedModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedModelTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path ours;
    private SigningKey key;

    @BeforeEach
    void aUserHasAKey() {
        ours = folder.resolve("ours.pem");
        key = SigningKey.readOrMake(ours);
    }

    /** A result folder: the golden event, made to be about these bytes. */
    private void published(String archive, String described, Optional<SigningKey> signer) throws IOException {
        Files.writeString(folder.resolve(ResultFolder.MODEL), archive);
        String sha256 = Digest.of(described.getBytes(UTF_8)).sha256();
        try (InputStream golden = Json.class.getResourceAsStream("/examples/model.published.v1.json")) {
            ObjectNode event = (ObjectNode) JSON.readTree(golden);
            event.withObject("/model").put("sha256", sha256);
            event.remove("signature");
            signer.ifPresent(s -> event.set("signature", JSON.valueToTree(signature(s, sha256))));
            Files.write(folder.resolve(ResultFolder.EVENT), JSON.writeValueAsBytes(event));
        }
    }

    private static Map<String, String> signature(SigningKey signer, String sha256) {
        return Map.of(
                "keyId",
                signer.sign(sha256).keyId(),
                "value",
                signer.sign(sha256).value());
    }

    private VerifiedModel verify() {
        ResultFolder result = new ResultFolder(folder);
        return VerifiedModel.of(result.model(), result.event(), TrustedKeys.read(List.of(ours)));
    }

    @Test
    void aModelThatWeSignedIsTaken() throws IOException {
        published("weights", "weights", Optional.of(key));

        assertThat(verify().verdict()).isEqualTo(Verdict.SIGNED);
        assertThatCode(() -> verify().requireTrusted("give --any-signer")).doesNotThrowAnyException();
        assertThat(verify().signer()).isEqualTo("signed by the trusted key " + key);
    }

    @Test
    void anAlteredArchiveIsRefusedWhoeverSignedIt() throws IOException {
        published("other weights", "weights", Optional.of(key));

        assertThatThrownBy(this::verify)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was altered");
    }

    @Test
    void anEventThatWasAlteredWithItsArchiveHasNoSignatureOfIt() throws IOException {
        published("weights", "weights", Optional.of(key));
        String before = Files.readString(folder.resolve(ResultFolder.EVENT));
        Files.writeString(folder.resolve(ResultFolder.MODEL), "other weights");
        Files.writeString(
                folder.resolve(ResultFolder.EVENT),
                before.replace(
                        Digest.of("weights".getBytes(UTF_8)).sha256(),
                        Digest.of("other weights".getBytes(UTF_8)).sha256()));

        assertThatThrownBy(this::verify)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not one of this model");
    }

    @Test
    void whatNobodySignedWhomWeTrustIsRefusedUnlessToldOtherwise() throws IOException {
        published("weights", "weights", Optional.empty());
        assertThat(verify().verdict()).isEqualTo(Verdict.UNSIGNED);
        assertThatThrownBy(() -> verify().requireTrusted("give --any-signer"))
                .hasMessageContaining("not signed", "--any-signer");

        published("weights", "weights", Optional.of(SigningKey.make()));
        assertThat(verify().verdict()).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThatThrownBy(() -> verify().requireTrusted("give --any-signer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which is not trusted here")
                .hasMessageContaining("MILLRACE_TRUSTED_KEYS");
    }

    @Test
    void aFolderWithoutItsEventCannotBeVerified() throws IOException {
        Files.writeString(folder.resolve(ResultFolder.MODEL), "weights");
        assertThatThrownBy(this::verify).hasMessageContaining("holds no model.published.json");
        Files.writeString(folder.resolve(ResultFolder.EVENT), "{}");
        assertThatThrownBy(this::verify).hasMessageContaining("cannot be read");
    }
}
