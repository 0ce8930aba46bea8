package io.millrace.runtime;

/**
 * Where PostgreSQL is.
 *
 * @param url JDBC url
 * @param user role
 * @param password its password; never logged
 */
public record DatabaseConfig(String url, String user, String password) {
    /** Reads {@code MILLRACE_DATABASE_URL}, {@code _USER} and {@code _PASSWORD}. */
    public static DatabaseConfig from(Environment env) {
        return new DatabaseConfig(
                env.text("MILLRACE_DATABASE_URL"),
                env.text("MILLRACE_DATABASE_USER", "millrace"),
                env.text("MILLRACE_DATABASE_PASSWORD", ""));
    }

    @Override
    public String toString() {
        return "DatabaseConfig[url=" + url + ", user=" + user + "]";
    }
}
