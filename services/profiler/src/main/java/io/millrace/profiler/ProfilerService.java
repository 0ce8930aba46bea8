package io.millrace.profiler;

import io.millrace.events.DatasetSubmitted;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;

/** Works off {@code dataset.submitted}. */
public final class ProfilerService implements Service {
    private static final String GROUP = "millrace-profiler";

    private final ProfilerConfig config;
    private final Platform platform;
    private Subscription subscription;

    public ProfilerService(ProfilerConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public synchronized void start() {
        ProfileDataset handler = new ProfileDataset(platform.blobs(), config.sourceSettings(platform.scratch()));
        subscription =
                platform.bus().work(GROUP, DatasetSubmitted.class, config.slots(), handler, ProfileDataset::givenUp);
    }

    @Override
    public synchronized boolean ready() {
        return subscription != null && subscription.ready();
    }

    @Override
    public synchronized void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
