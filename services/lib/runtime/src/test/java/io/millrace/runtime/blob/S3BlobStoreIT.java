package io.millrace.runtime.blob;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.BlobStoreContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class S3BlobStoreIT extends BlobStoreContract {
    private static final String BUCKET = "millrace";

    private static S3Proxy server;
    private static BlobsConfig config;

    @TempDir
    Path scratch;

    private BlobStore store;

    @BeforeAll
    static void start() throws Exception {
        server = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "test", "test")
                .blobStore(new TransientNio2BlobStore())
                .build();
        server.start();
        BlobsConfig.S3Access access = new BlobsConfig.S3Access(
                Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
                "us-east-1",
                Optional.of("test"),
                Optional.of("test"));
        config = new BlobsConfig("s3://" + BUCKET + "/some/prefix", access);
        try (S3Client client = S3Clients.of(access)) {
            client.createBucket(request -> request.bucket(BUCKET));
        }
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void open() {
        store = config.open(scratch);
        store.list("").forEach(store::delete);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected BlobStore store() {
        return store;
    }
}
