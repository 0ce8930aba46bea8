package io.millrace.http;

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
 * @param tls what the server shows that it is itself; without it, it speaks plain HTTP
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
     * Reads the variables {@code _TOKENS}, {@code _OIDC_*} and {@code _TLS_*} of a service.
     *
     * @param prefix how its variables begin, such as {@code MILLRACE_GATEWAY}
     * @param host address that it will listen on; without tokens and provider it must be a loopback address
     */
    public static AccessConfig from(Environment env, String prefix, String host) {
        Optional<Path> tokens = env.optional(prefix + "_TOKENS").map(Path::of);
        Optional<String> keys = env.optional(prefix + "_OIDC_KEYS");
        Optional<String> issuer = env.optional(prefix + "_OIDC_ISSUER");
        Optional<String> audience = env.optional(prefix + "_OIDC_AUDIENCE");
        String rolesClaim = env.text(prefix + "_OIDC_ROLES", "roles");
        boolean all = keys.isPresent() && issuer.isPresent() && audience.isPresent();
        boolean none = keys.isEmpty() && issuer.isEmpty() && audience.isEmpty();
        env.require(all || none, prefix + "_OIDC_KEYS, _ISSUER and _AUDIENCE belong together: set all of them or none");
        AccessConfig access = new AccessConfig(
                tokens,
                all
                        ? Optional.of(new Oidc(Path.of(keys.get()), issuer.get(), audience.get(), rolesClaim))
                        : Optional.empty(),
                tls(env, prefix));
        env.require(
                !access.isOpen() || isLoopback(host),
                prefix + "_HOST is '" + host + "', which others can reach, and nobody is asked who they are:" + " set "
                        + prefix + "_TOKENS or " + prefix + "_OIDC_*, or listen on 127.0.0.1");
        return access;
    }

    private static Optional<Tls> tls(Environment env, String prefix) {
        Optional<String> certificate = env.optional(prefix + "_TLS_CERTIFICATE");
        Optional<String> key = env.optional(prefix + "_TLS_KEY");
        env.require(
                certificate.isPresent() == key.isPresent(),
                prefix + "_TLS_CERTIFICATE and _KEY belong together: set both or none");
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
