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

    @Override
    public String toString() {
        // A driver takes passwords in its URL, too.
        String shown = url.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("//[^/@]*@", "//***@");
        return "DatabaseConfig[url=" + shown + ", user=" + user + "]";
    }
}
