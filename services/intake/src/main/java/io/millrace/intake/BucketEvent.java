package io.millrace.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An S3 event notification: which objects came into a bucket. The form is Amazon's, which other stores send as well, some
 * with {@code s3:} before the names of events.
 */
final class BucketEvent {
    private static final String CREATED = "ObjectCreated:";

    private BucketEvent() {}

    /** Keys of the objects that were created in a bucket; none for events of another kind, or that are no notification. */
    static List<String> created(JsonNode notification, String bucket) {
        List<String> keys = new ArrayList<>();
        for (JsonNode record : notification.path("Records")) {
            JsonNode s3 = record.path("s3");
            String key = s3.path("object").path("key").asText();
            if (record.path("eventName").asText().contains(CREATED)
                    && s3.path("bucket").path("name").asText().equals(bucket)
                    && !key.isEmpty()) {
                keys.add(decoded(key));
            }
        }
        return keys;
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key; // a store that does not encode
        }
    }
}
