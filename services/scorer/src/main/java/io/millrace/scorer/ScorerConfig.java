package io.millrace.scorer;

import io.millrace.http.AccessConfig;
import io.millrace.runtime.Environment;
import io.millrace.scorer.http.HttpConfig;
import java.time.Duration;

/**
 * Settings of the scorer.
 *
 * @param http where it listens and what it takes
 * @param trust whose models are taken
 * @param slots requests that are predicted at once, of each way in
 * @param room for models that are kept ready
 * @param rows most rows of a request
 * @param fileLimit most bytes of a file that an event refers to
 * @param predictionsKept how long predictions lie in the object store
 */
public record ScorerConfig(
        HttpConfig http,
        ModelTrust trust,
        int slots,
        OpenModels.Room room,
        int rows,
        long fileLimit,
        Duration predictionsKept) {
    /** How the variables of the scorer begin. */
    public static final String VARIABLES = "MILLRACE_SCORER";

    private static final int DEFAULT_PORT = 8090;
    private static final long DEFAULT_BODY_LIMIT = 16L << 20;
    private static final long DEFAULT_FILE_LIMIT = 1L << 30;
    private static final int DEFAULT_REQUESTS = 16;
    private static final int DEFAULT_MODELS = 8;
    private static final int DEFAULT_ROWS = 100_000;
    /** A quarter of the heap: tables of rows, and in one process with the others all of their work, lie there, too. */
    private static final int PARTS_OF_HEAP = 4;

    private static final int MOST = 1000;
    private static final int MOST_ROWS = 10_000_000;

    /** Reads the {@code MILLRACE_SCORER_*} variables and those that say whose models are trusted. */
    public static ScorerConfig from(Environment env) {
        String host = env.text("MILLRACE_SCORER_HOST", "127.0.0.1");
        return new ScorerConfig(
                new HttpConfig(
                        host,
                        env.count("MILLRACE_SCORER_PORT", DEFAULT_PORT, 0, 65_535),
                        AccessConfig.from(env, VARIABLES, host),
                        env.bytes("MILLRACE_SCORER_BODY_LIMIT", DEFAULT_BODY_LIMIT),
                        env.count("MILLRACE_SCORER_REQUESTS", DEFAULT_REQUESTS, 1, MOST)),
                ModelTrust.from(env),
                env.count("MILLRACE_SCORER_SLOTS", 1, 1, MOST),
                new OpenModels.Room(
                        env.count("MILLRACE_SCORER_MODELS", DEFAULT_MODELS, 1, MOST),
                        env.bytes(
                                "MILLRACE_SCORER_MODEL_MEMORY",
                                Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP)),
                env.count("MILLRACE_SCORER_ROWS", DEFAULT_ROWS, 1, MOST_ROWS),
                env.bytes("MILLRACE_SCORER_FILE_LIMIT", DEFAULT_FILE_LIMIT),
                env.duration("MILLRACE_SCORER_PREDICTIONS_KEPT", Duration.ofDays(7)));
    }
}
