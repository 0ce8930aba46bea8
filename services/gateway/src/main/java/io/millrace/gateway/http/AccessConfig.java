package io.millrace.gateway.http;

import io.millrace.runtime.Environment;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may call.
 *
 * @param tokens file of hashed tokens, see {@link Tokens}
 * @param oidc whose JSON web tokens are taken
 * @param tls what the gateway shows that it is itself; without it, it speaks plain HTTP
 */
public record AccessConfig(Optional<Path> tokens, Optional<Oidc> oidc, Optional<Tls> tls) {
    /** Everybody may do everything: for loopback only. */
    public static final AccessConfig OPEN = new AccessConfig(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * An OpenID Connect provider.
     *
     * @param keys file with its JSON Web Key Set
     * @param issuer claim {@code iss} that a token must have
     * @param audience claim {@code aud} that a token must have
     * @param rolesClaim claim that lists the roles
     */
    public record Oidc(Path keys, String issuer, String audience, String rolesClaim) {}

    /**
     * A certificate.
     *
     * @param certificate file with the chain, PEM
     * @param key file with its private key, PEM (PKCS 8)
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * Reads {@code MILLRACE_GATEWAY_TOKENS} and {@code MILLRACE_GATEWAY_OIDC_*}, and {@code MILLRACE_GATEWAY_TLS_*}.
     *
     * @param host address that the gateway will listen on; without any of them it must be a loopback address
     */
    public static AccessConfig from(Environment env, String host) {
        Optional<Path> tokens = env.optional("MILLRACE_GATEWAY_TOKENS").map(Path::of);
        Optional<String> keys = env.optional("MILLRACE_GATEWAY_OIDC_KEYS");
        Optional<String> issuer = env.optional("MILLRACE_GATEWAY_OIDC_ISSUER");
        Optional<String> audience = env.optional("MILLRACE_GATEWAY_OIDC_AUDIENCE");
        String rolesClaim = env.text("MILLRACE_GATEWAY_OIDC_ROLES", "roles");
        boolean all = keys.isPresent() && issuer.isPresent() && audience.isPresent();
        boolean none = keys.isEmpty() && issuer.isEmpty() && audience.isEmpty();
        env.require(
                all || none,
                "MILLRACE_GATEWAY_OIDC_KEYS, _ISSUER and _AUDIENCE belong together: set all of them or none");
        AccessConfig access = new AccessConfig(
                tokens,
                all
                        ? Optional.of(new Oidc(Path.of(keys.get()), issuer.get(), audience.get(), rolesClaim))
                        : Optional.empty(),
                tls(env));
        env.require(
                !access.isOpen() || isLoopback(host),
                "MILLRACE_GATEWAY_HOST is '" + host + "', which others can reach, and nobody is asked who they are:"
                        + " set MILLRACE_GATEWAY_TOKENS or MILLRACE_GATEWAY_OIDC_*, or listen on 127.0.0.1");
        return access;
    }

    private static Optional<Tls> tls(Environment env) {
        Optional<String> certificate = env.optional("MILLRACE_GATEWAY_TLS_CERTIFICATE");
        Optional<String> key = env.optional("MILLRACE_GATEWAY_TLS_KEY");
        env.require(
                certificate.isPresent() == key.isPresent(),
                "MILLRACE_GATEWAY_TLS_CERTIFICATE and _KEY belong together: set both or none");
        return certificate.flatMap(c -> key.map(k -> new Tls(Path.of(c), Path.of(k))));
    }

    /** Whether nobody is asked. */
    public boolean isOpen() {
        return tokens.isEmpty() && oidc.isEmpty();
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
