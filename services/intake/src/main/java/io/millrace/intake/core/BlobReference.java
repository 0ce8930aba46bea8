package io.millrace.intake.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a record of form {@code reference} says: a blob of the configured store.
 *
 * @param key key in the store
 * @param sha256 expected digest, lower-case hex
 * @param bytes expected size
 */
public record BlobReference(String key, Optional<String> sha256, Optional<Long> bytes) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SCHEME = "blob:";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Reads {@code {"uri":"blob:KEY","sha256":"...","bytes":n}}; the last two may be missing. */
    public static BlobReference parse(byte[] json) throws RefusedException {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw refused("The reference is no JSON: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw refused("The reference is no JSON: " + e.getMessage() + ".");
        }
        String uri = root.path("uri").asText("");
        if (!uri.startsWith(SCHEME) || uri.length() == SCHEME.length()) {
            throw refused("The reference names no blob: uri is '" + uri + "'.");
        }
        Optional<String> sha256 = Optional.of(root.path("sha256"))
                .filter(n -> !n.isMissingNode() && !n.isNull())
                .map(n -> n.asText(""));
        if (sha256.isPresent() && !SHA256.matcher(sha256.get()).matches()) {
            throw refused("The sha256 of the reference is no lower-case hex digest.");
        }
        JsonNode bytes = root.path("bytes");
        if (bytes.isIntegralNumber() && bytes.asLong() < 0) {
            throw refused("The size of the reference is negative.");
        }
        return new BlobReference(
                uri.substring(SCHEME.length()),
                sha256,
                bytes.isIntegralNumber() ? Optional.of(bytes.asLong()) : Optional.empty());
    }

    /** Name of the file, taken from the key. */
    public String fileName() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static RefusedException refused(String message) {
        return new RefusedException(
                "bad-reference",
                message,
                "Send {\"uri\":\"blob:KEY\"}, where KEY is a key of the configured object store.");
    }
}
