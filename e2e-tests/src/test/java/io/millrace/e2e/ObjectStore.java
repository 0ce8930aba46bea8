package io.millrace.e2e;

import io.millrace.embedded.LoopbackCertificate;
import java.net.URI;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** An S3 store in memory that can be away for a while and comes back on its port with what it had. */
final class ObjectStore implements AutoCloseable {
    private final TransientNio2BlobStore content = new TransientNio2BlobStore();
    private final String key;
    private final Optional<LoopbackCertificate> certificate;
    private S3Proxy server;
    private int port;
    private int securePort;

    /** @param key name and secret of the only user */
    ObjectStore(String key) {
        this(key, Optional.empty());
    }

    /**
     * @param key name and secret of the only user
     * @param certificate with it the store speaks TLS, too, at an endpoint of its own
     */
    ObjectStore(String key, Optional<LoopbackCertificate> certificate) {
        this.key = key;
        this.certificate = certificate;
        begin();
    }

    /** Makes a bucket in any S3 store; the key is name and secret of its user. */
    static void createBucket(String endpoint, String key, String bucket) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .forcePathStyle(true)
                .serviceConfiguration(all -> all.chunkedEncodingEnabled(false))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, key)))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            client.createBucket(request -> request.bucket(bucket));
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    String secureEndpoint() {
        return "https://127.0.0.1:" + securePort;
    }

    void begin() {
        S3Proxy.Builder builder = S3Proxy.builder()
                .endpoint(URI.create(endpoint()))
                .awsAuthentication(AuthenticationType.AWS_V4, key, key)
                .blobStore(content);
        certificate.ifPresent(shown -> builder.secureEndpoint(URI.create(secureEndpoint()))
                .keyStore(shown.keyStore().toString(), LoopbackCertificate.PASSWORD));
        server = builder.build();
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded S3 store does not start", e);
        }
        port = server.getPort();
        securePort = server.getSecurePort();
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
