package io.millrace.rangetester;

import io.millrace.events.RangeTestRequested;
import io.millrace.modelling.network.NativeBackend;
import io.millrace.modelling.table.TableCache;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;

/** Works off the queue of range tests. */
public final class RangeTesterService implements Service {
    /** Share group of all range-testers. */
    public static final String GROUP = "millrace-range-tester";

    private final RangeTesterConfig config;
    private final Platform platform;
    private Subscription subscription;

    public RangeTesterService(RangeTesterConfig config, Platform platform) {
        this.config = config;
        this.platform = platform;
    }

    @Override
    public void start() {
        NativeBackend.load();
        StoredTables tables = new StoredTables(platform.blobs(), platform.scratch(), new TableCache());
        FindLearningRate handler = new FindLearningRate(platform, tables);
        subscription = platform.bus()
                .work(GROUP, RangeTestRequested.class, config.slots(), handler, new UsualRateInstead(platform.blobs()));
    }

    @Override
    public boolean ready() {
        return subscription != null && subscription.ready();
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
