package io.millrace.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** JSON web tokens of an OpenID Connect provider: signature, issuer, audience and lifetime are checked. */
final class WebTokens {
    private static final int LEEWAY_SECONDS = 30;

    private final JWTAuth verifier;
    private final String rolesClaim;

    private WebTokens(JWTAuth verifier, String rolesClaim) {
        this.verifier = verifier;
        this.rolesClaim = rolesClaim;
    }

    /** Reads the keys; throws an IllegalArgumentException where the file holds none. Shared secrets are no keys of a provider. */
    static WebTokens of(Vertx vertx, AccessConfig.Oidc oidc) {
        JWTAuthOptions options = new JWTAuthOptions()
                .setJWTOptions(new JWTOptions()
                        .setIssuer(oidc.issuer())
                        .addAudience(oidc.audience())
                        .setLeeway(LEEWAY_SECONDS));
        try {
            JsonArray keys = new JsonObject(Files.readString(oidc.keys())).getJsonArray("keys", new JsonArray());
            keys.stream()
                    .map(JsonObject.class::cast)
                    .filter(key -> !"oct".equals(key.getString("kty")))
                    .forEach(options::addJwk);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the key set " + oidc.keys() + " of the OpenID Connect provider cannot be read", e);
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException(oidc.keys() + " is no key set of an OpenID Connect provider", e);
        }
        if (options.getJwks() == null || options.getJwks().isEmpty()) {
            throw new IllegalArgumentException(
                    oidc.keys()
                            + " holds no public key of an OpenID Connect provider; save what the provider serves under its jwks_uri");
        }
        return new WebTokens(JWTAuth.create(vertx, options), oidc.rolesClaim());
    }

    /** Roles of a token, none where it is not valid. */
    Future<Set<Role>> rolesOf(String token) {
        return verifier.authenticate(new TokenCredentials(token))
                .map(this::roles)
                .otherwise(invalid -> EnumSet.noneOf(Role.class));
    }

    /** A token that never ends is not taken: it could not be withdrawn. */
    private Set<Role> roles(User user) {
        JsonObject claims = user.attributes().getJsonObject("accessToken", new JsonObject());
        Object roles = claims.getValue(rolesClaim);
        if (!claims.containsKey("exp") || roles == null) {
            return EnumSet.noneOf(Role.class);
        }
        return Role.among(
                roles instanceof JsonArray list
                        ? list
                        : List.of(roles.toString().split(" ")));
    }
}
