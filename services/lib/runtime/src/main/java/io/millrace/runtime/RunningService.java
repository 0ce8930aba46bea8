package io.millrace.runtime;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service with its platform and its management server. */
final class RunningService {
    private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);

    private final String name;
    private final OpenPlatform platform;
    private final ManagementServer management;
    /** Empty before the service has started and from the moment it closes: not ready. */
    private final AtomicReference<Service> service;

    private RunningService(
            String name, OpenPlatform platform, ManagementServer management, AtomicReference<Service> service) {
        this.name = name;
        this.platform = platform;
        this.management = management;
        this.service = service;
    }

    /** Connects, starts management first so that the process is seen to live, then the service. */
    static RunningService start(String name, PlatformConfig config, Function<Platform, Service> maker) {
        AtomicReference<Service> service = new AtomicReference<>();
        OpenPlatform platform = OpenPlatform.open(config, name);
        ManagementServer management = null;
        try {
            management = ManagementServer.start(
                    config.httpHost(), config.httpPort(), platform.platform().metrics(), () -> isReady(service.get()));
            Service made = maker.apply(platform.platform());
            made.start();
            service.set(made);
            return new RunningService(name, platform, management, service);
        } catch (RuntimeException | Error e) {
            if (management != null) {
                management.close();
            }
            platform.close();
            throw e;
        }
    }

    private static boolean isReady(Service service) {
        return service != null && service.ready();
    }

    int managementPort() {
        return management.port();
    }

    /** Stops being ready, closes the service, then what it stands on; returns when done or when the time is over. */
    void close(Duration deadline) {
        Thread closing = new Thread(this::closeAll, name + "-closing");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(deadline.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            LOG.error("{} did not close within {}; its records come free when their leases end", name, deadline);
        }
    }

    private void closeAll() {
        Service running = service.getAndSet(null);
        if (running != null) {
            running.close();
        }
        platform.close();
        management.close();
    }
}
