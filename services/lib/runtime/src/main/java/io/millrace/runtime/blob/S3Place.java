package io.millrace.runtime.blob;

/**
 * Place in S3.
 *
 * @param bucket bucket
 * @param prefix what every key begins with: empty, or ending in a slash
 */
record S3Place(String bucket, String prefix) {
    private static final String SCHEME = "s3://";

    /** Reads {@code s3://bucket/prefix}; the prefix may be absent. */
    static S3Place parse(String location) {
        String rest = location.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceAll("/+$", "");
        if (bucket.isEmpty()) {
            throw new IllegalArgumentException("'" + location + "' names no bucket; write s3://bucket/prefix");
        }
        return new S3Place(bucket, prefix.isEmpty() ? "" : BlobKeys.valid(prefix) + "/");
    }

    String key(String blob) {
        return prefix + blob;
    }

    String blob(String key) {
        return key.substring(prefix.length());
    }
}
