package io.millrace.e2e;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** An S3 store in memory that can be away for a while and comes back on its port with what it had. */
final class ObjectStore implements AutoCloseable {
    private final TransientNio2BlobStore content = new TransientNio2BlobStore();
    private final String key;
    private S3Proxy server;
    private int port;

    /** @param key name and secret of the only user */
    ObjectStore(String key) {
        this.key = key;
        begin();
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    void begin() {
        server = S3Proxy.builder()
                .endpoint(URI.create(endpoint()))
                .awsAuthentication(AuthenticationType.AWS_V4, key, key)
                .blobStore(content)
                .build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded S3 store does not start", e);
        }
        port = server.getPort();
    }

    /** Takes no connection from now on and breaks those that there are. */
    void end() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded S3 store does not stop", e);
        }
    }

    @Override
    public void close() {
        end();
    }
}
