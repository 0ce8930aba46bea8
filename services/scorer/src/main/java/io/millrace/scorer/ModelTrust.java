package io.millrace.scorer;

import io.millrace.runtime.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whose models are taken.
 *
 * @param keys files with the public keys of those who are trusted
 * @param anySigner whether models that none of them signed are taken, too; that a model is as its event says is checked all the same
 */
public record ModelTrust(List<Path> keys, boolean anySigner) {
    public ModelTrust {
        keys = List.copyOf(keys);
    }

    /**
     * Reads {@code MILLRACE_TRUSTED_KEYS}, {@code MILLRACE_SIGNING_KEY}, whose file holds a public key as well, and
     * {@code MILLRACE_SCORER_ANY_SIGNER} (false).
     */
    static ModelTrust from(Environment env) {
        List<Path> keys = Stream.of("MILLRACE_TRUSTED_KEYS", "MILLRACE_SIGNING_KEY")
                .map(env::optional)
                .flatMap(Optional::stream)
                .map(Path::of)
                .toList();
        boolean any = env.parsed("MILLRACE_SCORER_ANY_SIGNER", false, "true or false", ModelTrust::truth);
        env.require(
                any || !keys.isEmpty(),
                "nobody's models would be taken: set MILLRACE_TRUSTED_KEYS to a file with the public key of the evaluators,"
                        + " or MILLRACE_SCORER_ANY_SIGNER to true");
        return new ModelTrust(keys, any);
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }
}
