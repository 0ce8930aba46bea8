package io.millrace.runtime;

import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one service as a process. Exit codes: 2 when the configuration cannot be used, which a back end may find out, 1 when
 * the service cannot start; otherwise it runs until it is told to stop.
 */
public final class ServiceMain {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceMain.class);
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;
    /** Beyond the drain: for leaving groups and flushing. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private ServiceMain() {}

    /**
     * Reads the environment, connects, starts the service and its management server, and closes them in the opposite
     * order when the process is told to stop.
     *
     * @param name service, such as {@code trainer}
     * @param config reads the service's own config
     * @param service makes the service
     */
    public static <C> void run(String name, Function<Environment, C> config, BiFunction<C, Platform, Service> service) {
        Environment env = new Environment(System.getenv());
        PlatformConfig platform = PlatformConfig.from(env);
        C own;
        try {
            own = config.apply(env);
            env.check();
        } catch (ConfigurationException e) {
            refuse(name, e);
            return;
        }
        try {
            RunningService running = RunningService.start(name, platform, p -> service.apply(own, p));
            Duration deadline = platform.kafka().drain().plus(CLOSING);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> running.close(deadline), name + "-shutdown"));
            LOG.info("{} runs; management on port {}", name, running.managementPort());
        } catch (ConfigurationException e) {
            refuse(name, e);
        } catch (Throwable e) {
            // Also an Error, as of a library that cannot be loaded: threads of others would keep the process alive.
            LOG.error("{} cannot start: {}", name, e.getMessage(), e);
            System.exit(FAILED);
        }
    }

    private static void refuse(String name, ConfigurationException problems) {
        System.err.println("millrace " + name + " cannot start with this configuration:");
        problems.getMessage().lines().forEach(problem -> System.err.println("  - " + problem));
        System.exit(MISCONFIGURED);
    }
}
