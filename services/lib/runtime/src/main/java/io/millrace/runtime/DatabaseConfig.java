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
                url(env),
                env.text("MILLRACE_DATABASE_USER", "millrace"),
                env.secret("MILLRACE_DATABASE_PASSWORD").orElse(""));
    }

    private static String url(Environment env) {
        String url = env.text("MILLRACE_DATABASE_URL");
        env.require(
                url.isEmpty() || url.startsWith("jdbc:postgresql:"),
                "MILLRACE_DATABASE_URL must be like jdbc:postgresql://HOST:PORT/DATABASE");
        return url;
    }

    /** The url without passwords: a driver takes them there, too. */
    public String shownUrl() {
        return url.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("//[^/@]*@", "//***@");
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=" + shownUrl() + ", user=" + user + "]";
    }
}
