package io.millrace.runtime;

/**
 * Where PostgreSQL is.
 *
 * @param url JDBC url
 * @param user role
 * @param password its password; never logged
 */
public record DatabaseConfig(String url, String user, String password) {
    /** Reads {@code MILLRACE_DATABASE_URL}, {@code _USER} and {@code _PASSWORD} or {@code _PASSWORD_FILE}. */
    public static DatabaseConfig from(Environment env) {
        return new DatabaseConfig(
                env.text("MILLRACE_DATABASE_URL"),
                env.text("MILLRACE_DATABASE_USER", "millrace"),
                env.secret("MILLRACE_DATABASE_PASSWORD").orElse(""));
    }

    /** A failure to connect as it is to be told: with what to do where the server's certificate is not accepted. */
    public RuntimeException told(RuntimeException failure) {
        return RefusedCertificate.in(failure)
                .<RuntimeException>map(reason -> new IllegalStateException(
                        "the certificate of the database " + shownUrl() + " is not accepted: " + reason
                                + "; name the file with its authority's certificate as sslrootcert in"
                                + " MILLRACE_DATABASE_URL",
                        failure))
                .orElse(failure);
    }

    /** Without passwords: a driver takes them in its URL, too. */
    private String shownUrl() {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("//[^/@]*@", "//***@");
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=" + shownUrl() + ", user=" + user + "]";
    }
}
