package io.millrace.runtime;

import java.security.cert.CertificateException;
import java.util.Optional;

/**
 * Tells a server whose certificate is not accepted from one that does not answer: waiting helps the one, only another
 * configuration the other.
 */
public final class RefusedCertificate {
    private RefusedCertificate() {}

    /** Why a certificate was not accepted; empty where a failure has another cause. */
    public static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }
}
