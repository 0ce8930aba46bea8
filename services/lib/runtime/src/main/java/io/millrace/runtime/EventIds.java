package io.millrace.runtime;

import io.millrace.events.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Deterministic event ids: a redelivered cause leads to the same ids, so that every consumer can drop what it has seen. */
public final class EventIds {
    private static final UUID NAMESPACE = UUID.fromString("3f0c6b2e-6c1d-5b0e-9a55-7d0c41f0a1b7");

    private EventIds() {}

    /** UUIDv5 (RFC 9562) of type, id of the cause, and ordinal among the events of that type that the cause led to. */
    public static String of(EventType type, String causeId, int ordinal) {
        return uuid5(type.ceType() + '\n' + causeId + '\n' + ordinal).toString();
    }

    private static UUID uuid5(String name) {
        MessageDigest sha1;
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .array());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        long most = (hash.getLong() & ~0xF000L) | 0x5000L;
        long least = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(most, least);
    }
}
