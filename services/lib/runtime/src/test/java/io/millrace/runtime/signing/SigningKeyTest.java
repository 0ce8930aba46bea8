package io.millrace.runtime.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.events.ModelSignature;
import io.millrace.runtime.signing.TrustedKeys.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    private static final String SHA256 = "ab".repeat(32);

    @TempDir
    Path folder;

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Verdict judge(Path trusted, String sha256, ModelSignature signature) {
        return TrustedKeys.read(List.of(trusted)).judge(sha256, Optional.of(signature));
    }

    @Test
    void aKeyIsMadeOnceForItsOwnersEyesOnly() throws IOException {
        Path file = file("new/key.pem");
        SigningKey made = SigningKey.readOrMake(file);

        assertThat(SigningKey.readOrMake(file).publicKey()).isEqualTo(made.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file("new"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aSignatureHoldsForItsModelAndNoOther() {
        Path file = file("key.pem");
        ModelSignature signature = SigningKey.readOrMake(file).sign(SHA256);

        assertThat(judge(file, SHA256, signature)).isEqualTo(Verdict.SIGNED);
        assertThat(judge(file, "cd".repeat(32), signature)).isEqualTo(Verdict.FORGED);
        assertThat(judge(file, SHA256, new ModelSignature(signature.keyId(), "AAAA")))
                .isEqualTo(Verdict.FORGED);
        assertThat(judge(file, SHA256, new ModelSignature(signature.keyId(), "no base64")))
                .isEqualTo(Verdict.FORGED);
    }

    @Test
    void aKeyThatIsNotTrustedSaysNothingEvenUnderATrustedId() {
        Path ours = file("ours.pem");
        ModelSignature own = SigningKey.readOrMake(ours).sign(SHA256);
        ModelSignature foreign = SigningKey.make().sign(SHA256);

        assertThat(judge(ours, SHA256, foreign)).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(judge(ours, SHA256, new ModelSignature(own.keyId(), foreign.value())))
                .isEqualTo(Verdict.FORGED);
        assertThat(TrustedKeys.read(List.of(ours)).judge(SHA256, Optional.empty()))
                .isEqualTo(Verdict.UNSIGNED);
        assertThat(TrustedKeys.read(List.of(file("none"))).judge(SHA256, Optional.of(own)))
                .isEqualTo(Verdict.UNKNOWN_KEY);
    }

    @Test
    void theSecretIsNotShown() throws IOException {
        Path file = file("key.pem");
        SigningKey key = SigningKey.readOrMake(file);

        assertThat(key.toString()).isEqualTo(key.sign(SHA256).keyId()).matches("[0-9a-f]{32}");
        assertThat(TrustedKeys.text(key.publicKey())).doesNotContain("PRIVATE");
        Files.writeString(file("bad.pem"), Files.readString(file).replace("PUBLIC", "PRIVATE"));
        assertThatThrownBy(() -> SigningKey.read(file("bad.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl genpkey")
                .hasMessageNotContaining("BEGIN");
    }

    @Test
    void aPairWhoseHalvesAreOfTwoKeysIsNone() throws IOException {
        String one = Files.readString(written("one.pem"));
        String two = Files.readString(written("two.pem"));
        int cut = one.indexOf("-----BEGIN PUBLIC");
        Files.writeString(file("mixed.pem"), one.substring(0, cut) + two.substring(cut));

        assertThatThrownBy(() -> SigningKey.read(file("mixed.pem"))).hasMessageContaining("is no signing key");
    }

    private Path written(String name) {
        SigningKey.readOrMake(file(name));
        return file(name);
    }
}
