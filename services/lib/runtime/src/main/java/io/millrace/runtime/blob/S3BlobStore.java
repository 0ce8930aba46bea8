package io.millrace.runtime.blob;

import io.millrace.events.BlobRef;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Blobs in S3 or a store that speaks its language and knows {@code If-None-Match: *}, which is the conditional put. What
 * is put goes through a temporary file, because S3 wants the length before the content; where a process was killed amid
 * that, the file goes with its scratch folder.
 */
public final class S3BlobStore implements BlobStore {
    private static final int PRECONDITION_FAILED = 412;
    private static final int CONFLICT = 409;
    private static final int CONDITIONAL_TRIES = 5;

    private final S3Client s3;
    private final S3Place place;
    private final Path spools;

    /** @param spools folder for temporary files */
    S3BlobStore(S3Client s3, S3Place place, Path spools) {
        this.s3 = s3;
        this.place = place;
        this.spools = spools;
    }

    @Override
    public BlobRef put(String key, byte[] content) {
        BlobKeys.valid(key);
        asking(
                "storing " + key,
                () -> s3.putObject(
                        request -> request.bucket(place.bucket()).key(place.key(key)), RequestBody.fromBytes(content)));
        return BlobKeys.ref(key, Digest.of(content));
    }

    @Override
    public BlobRef put(String key, InputStream content) {
        BlobKeys.valid(key);
        try {
            Path spool = Files.createTempFile(spools, "millrace-s3-", ".part");
            try {
                Digest digest = spool(content, spool);
                asking(
                        "storing " + key,
                        () -> s3.putObject(
                                request -> request.bucket(place.bucket()).key(place.key(key)),
                                RequestBody.fromFile(spool)));
                return BlobKeys.ref(key, digest);
            } finally {
                Files.deleteIfExists(spool);
            }
        } catch (IOException e) {
            throw retryable("storing " + key, e);
        }
    }

    private static Digest spool(InputStream content, Path spool) throws IOException {
        try (OutputStream out = Files.newOutputStream(spool)) {
            return Digest.copy(content, out);
        }
    }

    @Override
    public Claim putIfAbsent(String key, byte[] content) {
        BlobKeys.valid(key);
        BlobRef offered = BlobKeys.ref(key, Digest.of(content));
        for (int attempt = 1; ; attempt++) {
            try {
                s3.putObject(
                        request -> request.bucket(place.bucket())
                                .key(place.key(key))
                                .ifNoneMatch("*"),
                        RequestBody.fromBytes(content));
                return Claim.of(offered, offered);
            } catch (S3Exception e) {
                if (e.statusCode() != PRECONDITION_FAILED && e.statusCode() != CONFLICT) {
                    throw retryable("storing " + key, e);
                }
                // After a conflict the other writer may have won, or both may have been turned away. What was in the
                // way
                // may have been deleted since.
                Optional<Digest> standing = standing(key);
                if (standing.isPresent()) {
                    return Claim.of(offered, BlobKeys.ref(key, standing.get()));
                }
                if (attempt == CONDITIONAL_TRIES) {
                    throw retryable("storing " + key, e);
                }
            } catch (SdkException e) {
                throw retryable("storing " + key, e);
            }
        }
    }

    /** Digest of what lies under a key, if anything. That may be a data set, so it is not held in memory. */
    private Optional<Digest> standing(String key) {
        try (ResponseInputStream<GetObjectResponse> in =
                s3.getObject(request -> request.bucket(place.bucket()).key(place.key(key)))) {
            return Optional.of(Digest.copy(in, OutputStream.nullOutputStream()));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (IOException | SdkException e) {
            throw retryable("reading " + key, e);
        }
    }

    @Override
    public Optional<byte[]> find(String key) {
        BlobKeys.valid(key);
        return asking("reading " + key, () -> {
            try {
                return Optional.of(s3.getObjectAsBytes(
                                request -> request.bucket(place.bucket()).key(place.key(key)))
                        .asByteArray());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public byte[] read(BlobRef ref) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        copy(ref, content);
        return content.toByteArray();
    }

    @Override
    public void download(BlobRef ref, Path target) {
        Downloads.complete(target, out -> copy(ref, out));
    }

    private void copy(BlobRef ref, OutputStream out) {
        String key = place.key(BlobKeys.of(ref));
        try (ResponseInputStream<GetObjectResponse> in =
                s3.getObject(request -> request.bucket(place.bucket()).key(key))) {
            BlobKeys.verify(ref, Digest.copy(in, out, ref.bytes()));
        } catch (NoSuchKeyException e) {
            throw BlobKeys.missing(ref);
        } catch (IOException | SdkException e) {
            throw retryable("reading " + ref.uri(), e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        String wanted = place.key(BlobKeys.validPrefix(prefix));
        return asking(
                "listing " + prefix,
                () ->
                        s3
                                .listObjectsV2Paginator(request ->
                                        request.bucket(place.bucket()).prefix(wanted))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .map(place::blob)
                                .sorted()
                                .toList());
    }

    @Override
    public Optional<Instant> storedAt(String key) {
        BlobKeys.valid(key);
        return asking("asking for " + key, () -> {
            try {
                return Optional.of(
                        s3.headObject(request -> request.bucket(place.bucket()).key(place.key(key)))
                                .lastModified());
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void delete(String key) {
        BlobKeys.valid(key);
        asking(
                "deleting " + key,
                () -> s3.deleteObject(request -> request.bucket(place.bucket()).key(place.key(key))));
    }

    @Override
    public void close() {
        s3.close();
    }

    private <T> T asking(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw retryable(what, e);
        }
    }

    private EventHandlingException retryable(String what, Exception cause) {
        return new EventHandlingException(
                Kind.RETRYABLE,
                what + " in bucket " + place.bucket() + " failed: " + cause.getMessage() + "; "
                        + S3Clients.advice(cause, "MILLRACE_BLOBS and MILLRACE_S3_*"),
                cause);
    }
}
