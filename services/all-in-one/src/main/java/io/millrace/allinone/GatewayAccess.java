package io.millrace.allinone;

import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks a gateway, with a token where it wants one.
 *
 * @param gateway its address
 * @param token who asks; absent where the gateway asks nobody
 */
record GatewayAccess(URI gateway, Optional<String> token) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Throws an IllegalArgumentException where the token would cross a network in the clear. */
    GatewayAccess {
        if (token.isPresent() && !"https".equalsIgnoreCase(gateway.getScheme()) && !isHere(gateway)) {
            throw new IllegalArgumentException(
                    "a token is sent to this machine or over https, not to " + gateway + " where others could read it");
        }
    }

    /** With the token that a file holds, if one is named. A file, because arguments are there for all users to see. */
    static GatewayAccess of(URI gateway, Path tokenFile) throws IOException {
        if (tokenFile == null) {
            return new GatewayAccess(gateway, Optional.empty());
        }
        String token = Files.readString(tokenFile).strip();
        if (!token.matches("[!-~]+")) {
            throw new IllegalArgumentException(tokenFile + " holds no token: one word on one line");
        }
        return new GatewayAccess(gateway, Optional.of(token));
    }

    /** Without the token, which is nobody's business. */
    @Override
    public String toString() {
        return "GatewayAccess[" + gateway + "]";
    }

    private static boolean isHere(URI gateway) {
        try {
            return gateway.getHost() != null
                    && InetAddress.getByName(gateway.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A JSON answer. */
    <T> T get(String path, Class<T> type) throws IOException, InterruptedException {
        return Json.read(send(path, HttpResponse.BodyHandlers.ofByteArray()), type);
    }

    /** The body of an answer; throws an IllegalArgumentException that says what to do where there is none. */
    <T> T send(String path, HttpResponse.BodyHandler<T> body) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.resolve(path)).timeout(PATIENCE);
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        HttpResponse<T> answer;
        try {
            answer = HttpClient.newHttpClient().send(request.build(), body);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "there is no folder of that name and no gateway at " + gateway
                            + "; name a folder that millrace run --out wrote, or the gateway with --gateway",
                    e);
        }
        if (answer.statusCode() != 200) {
            throw new IllegalArgumentException("the gateway at " + gateway + " answers " + path + " with "
                    + answer.statusCode() + (answer.statusCode() == 401 ? "; give it a token with --token-file" : ""));
        }
        return answer.body();
    }
}
