package io.millrace.events;

/**
 * Who vouches for a model: an Ed25519 signature of {@code millrace.model.v1}, a line feed and the archive's sha256.
 *
 * @param keyId first 32 hex digits of the SHA-256 of the public key (X.509 SubjectPublicKeyInfo)
 * @param value signature, base64
 */
public record ModelSignature(String keyId, String value) {}
