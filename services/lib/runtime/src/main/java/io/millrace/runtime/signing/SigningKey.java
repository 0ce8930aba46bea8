package io.millrace.runtime.signing;

import io.millrace.events.ModelSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** An Ed25519 key pair that signs models. Its file holds two PEM blocks: the private key (PKCS 8) and the public one. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";
    private static final String SECRET = "PRIVATE KEY";

    private final KeyPair pair;

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    /** A new pair. */
    public static SigningKey make() {
        try {
            return new SigningKey(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has " + ALGORITHM, e);
        }
    }

    /** Reads a pair; throws an IllegalArgumentException when the file holds none. */
    public static SigningKey read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the signing key " + file + " cannot be read: " + e.getMessage(), e);
        }
        List<byte[]> secrets = Pem.blocks(text, SECRET);
        List<PublicKey> shown = TrustedKeys.publicKeys(text, file);
        try {
            if (secrets.size() == 1 && shown.size() == 1) {
                SigningKey key = new SigningKey(new KeyPair(
                        shown.get(0),
                        KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(secrets.get(0)))));
                String probe = "0".repeat(64);
                if (TrustedKeys.isSignedBy(shown.get(0), probe, key.sign(probe))) {
                    return key;
                }
            }
        } catch (GeneralSecurityException e) {
            throw unusable(file, e);
        }
        throw unusable(file, null);
    }

    /** Reads the pair of a file, made now if there is none, for the owner's eyes only. Of many who make it at once, one wins. */
    public static SigningKey readOrMake(Path file) {
        if (!Files.exists(file)) {
            make().writeUnlessThere(file);
        }
        return read(file);
    }

    private void writeUnlessThere(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(
                    folder,
                    "key-",
                    ".part",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(
                        temporary,
                        Pem.block(SECRET, pair.getPrivate().getEncoded()) + TrustedKeys.text(pair.getPublic()));
                Files.createLink(file, temporary);
            } catch (FileAlreadyExistsException e) {
                return; // another process was first, and its key is as good
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no signing key can be made at " + file + ": " + e.getMessage()
                            + "; name one with MILLRACE_SIGNING_KEY",
                    e);
        }
    }

    private static IllegalArgumentException unusable(Path file, Exception cause) {
        return new IllegalArgumentException(
                file + " is no signing key; make one with: openssl genpkey -algorithm ed25519 -out key.pem"
                        + " && openssl pkey -in key.pem -pubout >> key.pem",
                cause);
    }

    /** Signs an archive by its sha256, lower-case hex. */
    public ModelSignature sign(String sha256) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(message(sha256));
            return new ModelSignature(
                    TrustedKeys.id(pair.getPublic()), Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key " + this + " does not sign", e);
        }
    }

    /** What is signed; the first line keeps the signature from being taken for one of something else. */
    static byte[] message(String sha256) {
        return ("millrace.model.v1\n" + sha256).getBytes(StandardCharsets.US_ASCII);
    }

    /** The key that others verify with. */
    public PublicKey publicKey() {
        return pair.getPublic();
    }

    @Override
    public String toString() {
        return TrustedKeys.id(pair.getPublic());
    }
}
