package io.millrace.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.runtime.RawRecord;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into the bucket when it tells that something came. What lies there counts, not what the event says of it: events
 * come twice, late and out of order, and by then the object may have been dealt with or replaced.
 */
final class TakeBucketEvent implements RawRecordSource.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(TakeBucketEvent.class);

    private final S3Bucket bucket;
    private final InboxLoop loop;

    TakeBucketEvent(S3Bucket bucket, InboxLoop loop) {
        this.bucket = bucket;
        this.loop = loop;
    }

    @Override
    public void on(RawRecord raw) throws IOException {
        JsonNode notification;
        try {
            notification = Json.read(raw.value(), JsonNode.class);
        } catch (DecodingException e) {
            LOG.warn("a record of {} is no notification and is left: {}", raw.topic(), e.getMessage());
            return;
        }
        boolean ours = BucketEvent.created(notification, bucket.bucket()).stream()
                .flatMap(key -> bucket.nameOf(key).stream())
                .anyMatch(name -> !name.contains("/"));
        if (ours) {
            loop.look();
        }
    }
}
