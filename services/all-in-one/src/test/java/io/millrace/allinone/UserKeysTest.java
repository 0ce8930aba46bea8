package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.signing.SigningKey;
import io.millrace.runtime.signing.TrustedKeys;
import io.millrace.runtime.signing.TrustedKeys.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKeysTest {
    private static final String SHA256 = "ab".repeat(32);

    @TempDir
    Path folder;

    @Test
    void theKeyThatIsMadeOnceForAUserIsTrustedAfterwards() {
        UserKeys keys = new UserKeys(Map.of("XDG_CONFIG_HOME", folder.toString()));
        assertThat(keys.signing()).doesNotExist();

        Path made = keys.signingMade();
        assertThat(made).isEqualTo(folder.resolve("millrace/signing-key.pem"));
        assertThat(keys.signingMade()).isEqualTo(made);
        assertThat(keys.trusted()
                        .judge(SHA256, Optional.of(SigningKey.read(made).sign(SHA256))))
                .isEqualTo(Verdict.SIGNED);
    }

    @Test
    void aKeyThatIsNamedIsNotMade() {
        Path named = folder.resolve("named.pem");
        UserKeys keys = new UserKeys(Map.of(UserKeys.SIGNING, named.toString()));

        assertThat(keys.signingMade()).isEqualTo(named).doesNotExist();
    }

    @Test
    void publicKeysOfOthersAreTrustedFromAFile() throws IOException {
        SigningKey other = SigningKey.make();
        Path file = Files.writeString(folder.resolve("others.pem"), "# team\n" + TrustedKeys.text(other.publicKey()));
        UserKeys keys = new UserKeys(Map.of("XDG_CONFIG_HOME", folder.toString(), UserKeys.TRUSTED, file.toString()));

        assertThat(keys.trusted().judge(SHA256, Optional.of(other.sign(SHA256))))
                .isEqualTo(Verdict.SIGNED);
        assertThat(keys.trusted().judge(SHA256, Optional.of(SigningKey.make().sign(SHA256))))
                .isEqualTo(Verdict.UNKNOWN_KEY);
    }
}
