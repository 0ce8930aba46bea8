package io.millrace.gateway;

import io.millrace.gateway.http.HttpConfig;
import io.millrace.http.AccessConfig;
import io.millrace.runtime.DatabaseConfig;
import io.millrace.runtime.Environment;
import java.time.Duration;

/**
 * Configuration of the gateway.
 *
 * @param database where PostgreSQL is
 * @param http where it listens and what it takes; loopback unless told otherwise, for everybody else has to be asked who they are
 * @param runsKept how long a run that ended is kept when no current model comes from it
 */
public record GatewayConfig(DatabaseConfig database, HttpConfig http, Duration runsKept) {
    /** How the variables of the gateway begin. */
    public static final String VARIABLES = "MILLRACE_GATEWAY";

    private static final int DEFAULT_PORT = 8080;
    private static final long DEFAULT_UPLOAD_LIMIT = 2L << 30;
    private static final Duration DEFAULT_HEARTBEAT = Duration.ofSeconds(15);

    public static final Duration DEFAULT_RUNS_KEPT = Duration.ofDays(30);

    /** Reads the {@code MILLRACE_GATEWAY_*} variables and the database's; the caller checks the environment. */
    public static GatewayConfig from(Environment env) {
        String host = env.text("MILLRACE_GATEWAY_HOST", "127.0.0.1");
        return new GatewayConfig(
                DatabaseConfig.from(env),
                new HttpConfig(
                        host,
                        env.count("MILLRACE_GATEWAY_PORT", DEFAULT_PORT, 0, 65_535),
                        env.bytes("MILLRACE_GATEWAY_UPLOAD_LIMIT", DEFAULT_UPLOAD_LIMIT),
                        AccessConfig.from(env, VARIABLES, host),
                        env.duration("MILLRACE_GATEWAY_HEARTBEAT", DEFAULT_HEARTBEAT)),
                env.duration("MILLRACE_GATEWAY_RUNS_KEPT", DEFAULT_RUNS_KEPT));
    }
}
