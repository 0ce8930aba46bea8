package io.millrace.rangetester;

import io.millrace.events.RangeTestRequested;
import io.millrace.modelling.network.NativeBackend;
import io.millrace.runtime.Platform;
import io.millrace.runtime.Service;
import io.millrace.runtime.Subscription;
import io.millrace.tables.StoredTables;

/** Works off the queue of range tests. */
public final class RangeTesterService implements Service {
    /** Share group of all range-testers. */
    public static final String GROUP = "millrace-range-tester";

    private final RangeTesterConfig config;
    private final Platform platform;
    private final StoredTables tables;
    private Subscription subscription;

    /** A range-tester that shares no tables with another service. */
    public RangeTesterService(RangeTesterConfig config, Platform platform) {
        this(config, platform, new StoredTables(platform.blobs(), platform.scratch()));
    }

    /** A range-tester beside other services, on the tables of their process. */
    public RangeTesterService(RangeTesterConfig config, Platform platform, StoredTables tables) {
        this.config = config;
        this.platform = platform;
        this.tables = tables;
    }

    @Override
    public void start() {
        NativeBackend.load();
        RangeTesterMetrics metrics = new RangeTesterMetrics(platform.metrics());
        FindLearningRate handler = new FindLearningRate(platform, tables, metrics);
        subscription = platform.bus()
                .work(
                        GROUP,
                        RangeTestRequested.class,
                        config.slots(),
                        handler,
                        new UsualRateInstead(platform.blobs(), metrics));
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
