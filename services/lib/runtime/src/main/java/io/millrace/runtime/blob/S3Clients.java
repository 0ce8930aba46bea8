package io.millrace.runtime.blob;

import io.millrace.runtime.RefusedCertificate;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes S3 clients. */
final class S3Clients {
    /**
     * More than {@code HttpURLConnection} keeps of idle connections (5): a server may have closed them all, and each is noticed only by
     * a failed attempt.
     */
    private static final int ATTEMPTS = 8;

    private static final BackoffStrategy BACKOFF =
            BackoffStrategy.exponentialDelay(Duration.ofMillis(20), Duration.ofMillis(500));

    private S3Clients() {}

    static S3Client of(BlobsConfig.S3Access access) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(defaults ->
                        new HonestConnections(UrlConnectionHttpClient.builder().buildWithDefaults(defaults)))
                .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .backoffStrategy(BACKOFF)
                        .build()))
                .region(Region.of(access.region()))
                .forcePathStyle(true)
                // In signed chunks even nothing has a body, its last chunk. A store that does not read it closes the
                // connection, and the client may see that before the answer.
                .serviceConfiguration(all -> all.chunkedEncodingEnabled(false))
                // Content is hashed with SHA-256 anyway, and not every store knows Amazon's trailing checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        access.endpoint().ifPresent(builder::endpointOverride);
        if (access.accessKey().isPresent()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    access.accessKey().get(), access.secretKey().orElse(""))));
        } else {
            builder.credentialsProvider(DefaultCredentialsProvider.builder().build());
        }
        return builder.build();
    }

    /** What to do about a failure; the settings are those to be looked at where the store's certificate is not the reason. */
    static String advice(Throwable failure, String settings) {
        return RefusedCertificate.in(failure)
                .map(reason ->
                        "the store's certificate is not accepted: give the JVM a trust store with its authority's,"
                                + " -Djavax.net.ssl.trustStore=FILE in MILLRACE_JAVA_OPTS")
                .orElse("check " + settings);
    }
}
