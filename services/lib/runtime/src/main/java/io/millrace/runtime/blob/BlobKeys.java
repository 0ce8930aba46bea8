package io.millrace.runtime.blob;

import io.millrace.events.BlobRef;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.util.regex.Pattern;

/** Keys of blobs and the references that carry them; every store accepts the same ones. */
public final class BlobKeys {
    private static final String SCHEME = "blob:";
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final int LONGEST = 900;
    private static final int LONGEST_SEGMENT = 240;

    private BlobKeys() {}

    /** The key itself, or an IllegalArgumentException when it is none. */
    public static String valid(String key) {
        if (key.length() > LONGEST || !FORM.matcher(key).matches()) {
            throw refused(key);
        }
        for (String segment : key.split("/")) {
            if (segment.equals(".") || segment.equals("..") || segment.length() > LONGEST_SEGMENT) {
                throw refused(key);
            }
        }
        return key;
    }

    private static IllegalArgumentException refused(String key) {
        return new IllegalArgumentException(
                "'" + key
                        + "' is no blob key; write letters, digits and . _ - in segments parted by single slashes, none of them . or ..");
    }

    /** A prefix to list by: the beginning of a key, a trailing slash and emptiness included. */
    public static String validPrefix(String prefix) {
        if (!prefix.isEmpty()) {
            valid(prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
        }
        return prefix;
    }

    /** The key that a reference names. A reference comes from an event, so a bad one is POISON. */
    public static String of(BlobRef ref) {
        if (!ref.uri().startsWith(SCHEME)) {
            throw poison("the reference " + ref.uri() + " names no blob; only " + SCHEME + "KEY is read", null);
        }
        try {
            return valid(ref.uri().substring(SCHEME.length()));
        } catch (IllegalArgumentException e) {
            throw poison("the reference " + ref.uri() + " names no blob", e);
        }
    }

    /** A reference to what lies under a key. */
    public static BlobRef ref(String key, Digest digest) {
        return new BlobRef(SCHEME + key, digest.sha256(), digest.bytes());
    }

    /** Checks content that was read against its reference. */
    public static void verify(BlobRef ref, Digest read) {
        if (!read.sha256().equals(ref.sha256()) || read.bytes() != ref.bytes()) {
            throw poison(
                    "the blob " + ref.uri() + " has sha256 " + read.sha256() + " and " + read.bytes()
                            + " bytes, but the event says " + ref.sha256() + " and " + ref.bytes()
                            + "; it was changed or cut after it was stored",
                    null);
        }
    }

    /** A reference leads out of the store. It comes from an event, so it is POISON. */
    static EventHandlingException outside(BlobRef ref, IllegalArgumentException cause) {
        return poison("the reference " + ref.uri() + " leads out of the store: " + cause.getMessage(), cause);
    }

    /** Nothing lies under the key of a reference. */
    public static EventHandlingException missing(BlobRef ref) {
        return poison(
                "the blob " + ref.uri() + " is missing; are all services configured with the same MILLRACE_BLOBS?",
                null);
    }

    private static EventHandlingException poison(String message, Throwable cause) {
        return new EventHandlingException(Kind.POISON, message, cause);
    }
}
