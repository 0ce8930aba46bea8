package io.millrace.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An OpenID Connect provider with a key of its own, and with forgeries of its tokens. */
record Provider(String issuer, KeyPair pair) {
    private static final String RS256 = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}";

    Provider(String issuer) {
        this(issuer, rsa());
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same key under another name. */
    Provider as(String name) {
        return new Provider(name, pair);
    }

    /** What it serves under its {@code jwks_uri}. */
    String keySet() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k1\",\"n\":\""
                + number(key.getModulus()) + "\",\"e\":\"" + number(key.getPublicExponent()) + "\"}]}";
    }

    String token(String audience, Instant end, String roles) {
        return signed(RS256, claims(audience, ",\"exp\":" + end.getEpochSecond(), roles));
    }

    String withoutEnd(String audience) {
        return signed(RS256, claims(audience, "", "\"admin\""));
    }

    String unsigned(String audience, Instant end) {
        return base64("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64(claims(audience, ",\"exp\":" + end.getEpochSecond(), "\"admin\"")
                        .getBytes(UTF_8)) + ".";
    }

    String signedWithThePublicKeyAsSecret(String audience, Instant end) {
        String text = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}".getBytes(UTF_8)) + "."
                + base64(claims(audience, ",\"exp\":" + end.getEpochSecond(), "\"admin\"")
                        .getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256"));
            return text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String claims(String audience, String end, String roles) {
        return "{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"someone\",\"roles\":[" + roles + "]"
                + end + "}";
    }

    private String signed(String header, String claims) {
        String text = base64(header.getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return text + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger n) {
        byte[] bytes = n.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
