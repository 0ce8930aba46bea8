package io.millrace.allinone;

import io.millrace.runtime.signing.SigningKey;
import io.millrace.runtime.signing.TrustedKeys;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys of the user who runs the command line: models are signed with the one key and taken when a trusted one signed
 * them. The own key lies with the user and not in a data directory, since that may be temporary and {@code predict} has none.
 */
final class UserKeys {
    static final String SIGNING = "MILLRACE_SIGNING_KEY";
    static final String TRUSTED = "MILLRACE_TRUSTED_KEYS";

    private final Map<String, String> variables;

    UserKeys(Map<String, String> variables) {
        this.variables = variables;
    }

    /** File of the key that signs: the one configured, else {@code signing-key.pem} in the user's configuration folder. */
    Path signing() {
        return variable(SIGNING).map(Path::of).orElseGet(() -> home().resolve("signing-key.pem"));
    }

    /** The same file, with a new key where none was configured and the user has none yet. */
    Path signingMade() {
        Path file = signing();
        if (variable(SIGNING).isEmpty()) {
            SigningKey.readOrMake(file);
        }
        return file;
    }

    /** The own key and those of the file that {@code MILLRACE_TRUSTED_KEYS} names. */
    TrustedKeys trusted() {
        return TrustedKeys.read(Stream.concat(Stream.of(signing()), variable(TRUSTED).map(Path::of).stream())
                .toList());
    }

    private Path home() {
        return variable("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"))
                .resolve("millrace");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
    }
}
