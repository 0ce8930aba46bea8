package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.blob.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    @TempDir
    Path folder;

    private Tokens tokens(String content) throws IOException {
        return Tokens.read(Files.writeString(folder.resolve("tokens"), content));
    }

    private static String sha256(String token) {
        return Digest.of(token.getBytes(StandardCharsets.UTF_8)).sha256();
    }

    @Test
    void aTokenHasTheRolesOfEveryLineWithItsHash() throws IOException {
        Tokens tokens =
                tokens("read " + sha256("a") + "\nsubmit " + sha256("a") + " again\nadmin,read " + sha256("b") + "\n");

        assertThat(tokens.rolesOf("a")).containsExactly(Role.READ, Role.SUBMIT);
        assertThat(tokens.rolesOf("b")).containsExactly(Role.READ, Role.ADMIN);
        assertThat(tokens.rolesOf("c")).isEmpty();
        assertThat(tokens.rolesOf(sha256("a"))).isEmpty();
    }

    @Test
    void aLineThatCannotBeUsedIsNamedAndNotShown() {
        assertThatThrownBy(() -> tokens("read " + sha256("a") + "\nread my-secret-token\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("my-secret-token");
        assertThatThrownBy(() -> tokens("king " + sha256("a"))).hasMessageContaining("read, submit, admin");
    }

    @Test
    void aSenderMayReadAndAnAdministratorMayDoEverything() throws IOException {
        Tokens tokens = tokens("submit " + sha256("s") + "\nadmin " + sha256("a"));

        assertThat(Role.READ.isGrantedBy(tokens.rolesOf("s"))).isTrue();
        assertThat(Role.ADMIN.isGrantedBy(tokens.rolesOf("s"))).isFalse();
        assertThat(Role.values()).allMatch(role -> role.isGrantedBy(tokens.rolesOf("a")));
    }
}
