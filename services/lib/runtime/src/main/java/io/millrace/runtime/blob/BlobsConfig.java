package io.millrace.runtime.blob;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where blobs lie.
 *
 * @param location path of a folder, or {@code s3://bucket/prefix}
 * @param s3 how to reach S3; not looked at for a folder
 */
public record BlobsConfig(String location, S3Access s3) {
    private static final String S3_SCHEME = "s3://";

    /**
     * How to reach S3.
     *
     * @param endpoint of a store other than Amazon's
     * @param region region of the bucket
     * @param accessKey absent for what the machine itself offers (environment, profile, instance role)
     * @param secretKey secret of the access key; never logged
     */
    public record S3Access(
            Optional<URI> endpoint, String region, Optional<String> accessKey, Optional<String> secretKey) {
        /** Reads {@code MILLRACE_S3_ENDPOINT}, {@code _REGION}, {@code _ACCESS_KEY}, {@code _SECRET_KEY}. */
        public static S3Access from(Environment env) {
            return new S3Access(
                    env.parsed(
                            "MILLRACE_S3_ENDPOINT",
                            Optional.empty(),
                            "a URL such as http://localhost:9000",
                            v -> Optional.of(URI.create(v))),
                    env.text("MILLRACE_S3_REGION", "us-east-1"),
                    env.optional("MILLRACE_S3_ACCESS_KEY"),
                    env.secret("MILLRACE_S3_SECRET_KEY"));
        }

        @Override
        public String toString() {
            return "S3Access[endpoint=" + endpoint + ", region=" + region + "]";
        }
    }

    /** A folder. */
    public static BlobsConfig ofFolder(Path folder) {
        return new BlobsConfig(
                folder.toString(), new S3Access(Optional.empty(), "us-east-1", Optional.empty(), Optional.empty()));
    }

    /** Reads {@code MILLRACE_BLOBS} and {@code MILLRACE_S3_ENDPOINT}, {@code _REGION}, {@code _ACCESS_KEY}, {@code _SECRET_KEY}. */
    public static BlobsConfig from(Environment env) {
        return new BlobsConfig(
                env.parsed("MILLRACE_BLOBS", env.text("MILLRACE_BLOBS"), "a folder or s3://bucket/prefix", v -> {
                    if (v.startsWith(S3_SCHEME)) {
                        S3Place.parse(v);
                    }
                    return v;
                }),
                S3Access.from(env));
    }

    /**
     * Opens the store.
     *
     * @param scratch folder for temporary files; must exist
     */
    public BlobStore open(Path scratch) {
        return location.startsWith(S3_SCHEME)
                ? new S3BlobStore(S3Clients.of(s3), S3Place.parse(location), scratch)
                : new FolderBlobStore(Path.of(location));
    }
}
