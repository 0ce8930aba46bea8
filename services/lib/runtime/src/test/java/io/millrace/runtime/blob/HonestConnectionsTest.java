package io.millrace.runtime.blob;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

class HonestConnectionsTest {
    private static final class Broken implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    throw new UncheckedIOException(new SocketException("Unexpected end of file from server"));
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }

    @Test
    void aBrokenConnectionIsReportedAsWhatTheSdkTriesAgain() throws IOException {
        try (HonestConnections connections = new HonestConnections(new Broken())) {
            ExecutableHttpRequest request =
                    connections.prepareRequest(HttpExecuteRequest.builder().build());

            assertThatThrownBy(request::call).isInstanceOf(SocketException.class);
        }
    }
}
