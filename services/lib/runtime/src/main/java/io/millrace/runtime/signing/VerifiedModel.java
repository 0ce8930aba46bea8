package io.millrace.runtime.signing;

import io.millrace.events.ModelPublished;
import io.millrace.events.ModelSignature;
import io.millrace.runtime.blob.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * The archive of a model, found to be as its event says.
 *
 * @param archive its file
 * @param event what was published
 * @param verdict what its signature says
 */
public record VerifiedModel(Path archive, ModelPublished event, TrustedKeys.Verdict verdict) {
    /** Verifies; throws an IllegalArgumentException when the archive is not that of the event or its signature is forged. */
    public static VerifiedModel of(Path archive, ModelPublished event, TrustedKeys keys) {
        String sha256 = sha256(archive);
        if (!sha256.equals(event.model().sha256())) {
            throw new IllegalArgumentException(archive.getFileName() + " was altered: it has sha256 " + sha256
                    + " and was published as " + event.model().sha256() + "; get it again from where it was published");
        }
        TrustedKeys.Verdict verdict = keys.judge(sha256, event.signature());
        if (verdict == TrustedKeys.Verdict.FORGED) {
            throw new IllegalArgumentException("the signature of " + archive.getFileName()
                    + " is not one of this model; get it again from where it was published");
        }
        return new VerifiedModel(archive, event, verdict);
    }

    /**
     * Throws an IllegalArgumentException unless a trusted key signed the model.
     *
     * @param otherwise what to do to take it all the same, such as {@code give --any-signer}
     */
    public void requireTrusted(String otherwise) {
        if (verdict != TrustedKeys.Verdict.SIGNED) {
            throw new IllegalArgumentException(archive.getFileName() + " is " + signer()
                    + ". If you trust where it comes from, add the signer's public key to the file that"
                    + " MILLRACE_TRUSTED_KEYS names, or " + otherwise);
        }
    }

    /** Who signed, in words. */
    public String signer() {
        String key = event.signature().map(ModelSignature::keyId).orElse("");
        return switch (verdict) {
            case SIGNED -> "signed by the trusted key " + key;
            case UNSIGNED -> "not signed";
            case UNKNOWN_KEY -> "signed by the key " + key + ", which is not trusted here";
            case FORGED -> throw new IllegalStateException("a forged model is never verified");
        };
    }

    private static String sha256(Path archive) {
        try {
            return Digest.of(archive).sha256();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + archive + ": " + e.getMessage(), e);
        }
    }
}
