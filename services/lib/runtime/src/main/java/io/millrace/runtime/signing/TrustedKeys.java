package io.millrace.runtime.signing;

import io.millrace.events.ModelSignature;
import io.millrace.runtime.blob.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys whose models are taken, by id. */
public final class TrustedKeys {
    private static final String SHOWN = "PUBLIC KEY";
    private static final int ID_DIGITS = 32;

    private final Map<String, PublicKey> keys = new HashMap<>();

    private TrustedKeys(List<PublicKey> trusted) {
        trusted.forEach(key -> keys.put(id(key), key));
    }

    /** What a signature says of a model. */
    public enum Verdict {
        /** By a trusted key, and of this very model. */
        SIGNED,
        /** There is no signature. */
        UNSIGNED,
        /** By a key that is not trusted, so that nothing can be told. */
        UNKNOWN_KEY,
        /** It names a trusted key and is not of this model. */
        FORGED
    }

    /** The public keys of some files, which may hold private ones beside them; files that do not exist hold none. */
    public static TrustedKeys read(List<Path> files) {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            try {
                if (Files.exists(file)) {
                    keys.addAll(publicKeys(Files.readString(file), file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the trusted keys " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return new TrustedKeys(keys);
    }

    static List<PublicKey> publicKeys(String pem, Path file) {
        List<PublicKey> keys = new ArrayList<>();
        try {
            for (byte[] block : Pem.blocks(pem, SHOWN)) {
                keys.add(KeyFactory.getInstance(SigningKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(block)));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " holds a public key that is none of " + SigningKey.ALGORITHM + ": " + e.getMessage(), e);
        }
        return keys;
    }

    /** A public key as the block of a PEM file. */
    public static String text(PublicKey key) {
        return Pem.block(SHOWN, key.getEncoded());
    }

    /** The id of a key, as {@link ModelSignature#keyId()} has it. */
    public static String id(PublicKey key) {
        return Digest.of(key.getEncoded()).sha256().substring(0, ID_DIGITS);
    }

    /** Judges the signature of an archive that has this sha256. */
    public Verdict judge(String sha256, Optional<ModelSignature> signature) {
        if (signature.isEmpty()) {
            return Verdict.UNSIGNED;
        }
        PublicKey key = keys.get(signature.get().keyId());
        if (key == null) {
            return Verdict.UNKNOWN_KEY;
        }
        return isSignedBy(key, sha256, signature.get()) ? Verdict.SIGNED : Verdict.FORGED;
    }

    static boolean isSignedBy(PublicKey key, String sha256, ModelSignature signature) {
        try {
            Signature verifier = Signature.getInstance(SigningKey.ALGORITHM);
            verifier.initVerify(key);
            verifier.update(SigningKey.message(sha256));
            return verifier.verify(Base64.getDecoder().decode(signature.value()));
        } catch (SignatureException | InvalidKeyException | IllegalArgumentException e) {
            return false; // no signature at all
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has " + SigningKey.ALGORITHM, e);
        }
    }
}
