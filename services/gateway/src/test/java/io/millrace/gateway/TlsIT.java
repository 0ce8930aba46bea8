package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.LoopbackCertificate;
import io.millrace.http.AccessConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsIT {
    @TempDir
    Path folder;

    @Test
    void theGatewayShowsItsCertificate() throws Exception {
        LoopbackCertificate certificate = LoopbackCertificate.make(folder.resolve("certificate"));
        AccessConfig.Tls tls = new AccessConfig.Tls(certificate.certificate(), certificate.key());
        AccessConfig access = new AccessConfig(Optional.empty(), Optional.empty(), Optional.of(tls));
        try (RunningGateway gateway = new RunningGateway(folder, access)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + gateway.port() + "/runs"))
                    .build();
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(trusting(certificate)).build();
            assertThat(trusting.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static SSLContext trusting(LoopbackCertificate certificate) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(certificate.keyStore().toFile(), LoopbackCertificate.PASSWORD.toCharArray()));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
