package io.millrace.runtime.blob;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Somebody else's objects in a bucket, by name: unlike a {@link io.millrace.runtime.BlobStore}, names may be any, and objects
 * come and change as others please. So everything is done to the very object that was looked at, told by its eTag. Throws
 * RETRYABLE when the store does not answer.
 */
public final class S3Bucket implements AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final S3Place place;

    private S3Bucket(S3Place place, S3Client s3) {
        this.place = place;
        this.s3 = s3;
    }

    /** Throws an IllegalArgumentException unless it is {@code s3://bucket/prefix}. */
    public static void requirePlace(String location) {
        S3Place.parse(location);
    }

    /** Opens {@code s3://bucket/prefix}. */
    public static S3Bucket open(String location, BlobsConfig.S3Access access) {
        return new S3Bucket(S3Place.parse(location), S3Clients.of(access));
    }

    /** Name of the bucket. */
    public String bucket() {
        return place.bucket();
    }

    /** What an object's key is called here; empty for an object outside of the prefix. */
    public Optional<String> nameOf(String key) {
        return key.startsWith(place.prefix()) ? Optional.of(place.blob(key)) : Optional.empty();
    }

    /** Objects directly in a folder, which is empty or ends in a slash. */
    public List<StoredObject> list(String folder) {
        return asking("listing " + folder, () -> s3
                .listObjectsV2Paginator(request -> request.bucket(place.bucket())
                        .prefix(place.key(folder))
                        .delimiter("/")
                        // A name may hold what XML has no words for; the client decodes what the store encodes.
                        .encodingType(EncodingType.URL))
                .contents()
                .stream()
                .filter(object -> !object.key().endsWith("/"))
                .map(object -> object(place.blob(object.key()), object.size(), object.lastModified(), object.eTag()))
                .toList());
    }

    /** The object of a name, if there is one. */
    public Optional<StoredObject> find(String name) {
        return found("looking at " + name, () -> {
            var head = s3.headObject(request -> request.bucket(place.bucket()).key(place.key(name)));
            return object(name, head.contentLength(), head.lastModified(), head.eTag());
        });
    }

    /** Opens an object; empty when it is gone or was replaced. */
    public Optional<InputStream> read(StoredObject object) {
        return found(
                "reading " + object.name(),
                () -> s3.getObject(request -> request.bucket(place.bucket())
                        .key(place.key(object.name()))
                        .ifMatch(object.eTag())));
    }

    /** Puts an object, replacing any other of its name. */
    public void put(String name, byte[] content) {
        put(name, RequestBody.fromBytes(content));
    }

    /** The same of a file, up to the 5 GiB that one put takes. */
    public void put(String name, Path file) {
        put(name, RequestBody.fromFile(file));
    }

    private void put(String name, RequestBody content) {
        asking(
                "storing " + name,
                () -> s3.putObject(request -> request.bucket(place.bucket()).key(place.key(name)), content));
    }

    /** Puts an object unless there is one of its name; tells whether it did. Of several at once one does. */
    public boolean putIfAbsent(String name, byte[] content) {
        try {
            s3.putObject(
                    request ->
                            request.bucket(place.bucket()).key(place.key(name)).ifNoneMatch("*"),
                    RequestBody.fromBytes(content));
            return true;
        } catch (S3Exception e) {
            // After a conflict nobody may have won; whoever asks asks again.
            if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                return false;
            }
            throw retryable("storing " + name, e);
        } catch (SdkException e) {
            throw retryable("storing " + name, e);
        }
    }

    /** Copies an object within the store, whatever lies under the new name; false when it is gone or was replaced. */
    public boolean copy(StoredObject object, String to) {
        return found(
                        "copying " + object.name(),
                        () -> s3.copyObject(request -> request.sourceBucket(place.bucket())
                                .sourceKey(place.key(object.name()))
                                .copySourceIfMatch(object.eTag())
                                .destinationBucket(place.bucket())
                                .destinationKey(place.key(to))))
                .isPresent();
    }

    /** Removes what lies under a name, if anything does. */
    public void delete(String name) {
        asking(
                "deleting " + name,
                () -> s3.deleteObject(request -> request.bucket(place.bucket()).key(place.key(name))));
    }

    private static StoredObject object(String name, long bytes, Instant modified, String eTag) {
        return new StoredObject(name, bytes, modified.getEpochSecond(), eTag);
    }

    private <T> Optional<T> found(String what, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED) {
                return Optional.empty();
            }
            throw retryable(what, e);
        } catch (SdkException e) {
            throw retryable(what, e);
        }
    }

    private <T> T asking(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw retryable(what, e);
        }
    }

    private EventHandlingException retryable(String what, SdkException cause) {
        return new EventHandlingException(
                Kind.RETRYABLE,
                what + " in bucket " + place.bucket() + " failed: " + cause.getMessage() + "; "
                        + S3Clients.advice(cause, "MILLRACE_S3_*"),
                cause);
    }

    @Override
    public void close() {
        s3.close();
    }
}
