package io.millrace.intake;

import io.millrace.runtime.blob.Digest;
import io.millrace.runtime.blob.S3Bucket;
import io.millrace.runtime.blob.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who deals with an object: of several intakes on a bucket the one whose conditional put comes first. A claim that is older
 * than {@link #LEASE} counts as one of a process that died; the next claim has the next number, so that of several who
 * inherit it one wins again. Where a claim was inherited too early both submit the same run under the same ids.
 */
final class BucketClaims {
    static final Duration LEASE = Duration.ofMinutes(10);
    private static final String FOLDER = ".millrace/claims/";

    private final S3Bucket bucket;
    private final Clock clock;
    private final byte[] owner = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);

    BucketClaims(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** The claim, to be given back with {@link #release}; empty when another intake has it. */
    Optional<String> take(StoredObject object) throws IOException {
        String claim = FOLDER + Digest.of(text(object)).sha256() + "/";
        List<StoredObject> standing = bucket.list(claim);
        long expired = clock.instant().minus(LEASE).getEpochSecond();
        Optional<StoredObject> valid =
                standing.stream().filter(c -> c.modifiedSeconds() > expired).findFirst();
        String mine = valid.map(StoredObject::name).orElse(claim + standing.size());
        boolean first = valid.isEmpty() && bucket.putIfAbsent(mine, owner);
        return first || isMine(mine) ? Optional.of(claim) : Optional.empty();
    }

    /** A put whose answer got lost is tried again by the client and then loses against itself. */
    private boolean isMine(String claim) throws IOException {
        Optional<StoredObject> found = bucket.find(claim);
        Optional<InputStream> content = found.isPresent() ? bucket.read(found.get()) : Optional.empty();
        if (content.isEmpty()) {
            return false;
        }
        try (InputStream in = content.get()) {
            return Arrays.equals(in.readAllBytes(), owner);
        }
    }

    /** Forgets a claim: its object was moved away, or could not be dealt with yet. */
    void release(String claim) {
        bucket.list(claim).forEach(c -> bucket.delete(c.name()));
    }

    private static byte[] text(StoredObject object) {
        return (object.name() + '\n' + object.eTag() + '\n' + object.modifiedSeconds())
                .getBytes(StandardCharsets.UTF_8);
    }
}
