package io.millrace.runtime.kafka;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.Subscription;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.ApiException;

/** The slots of one process in a share group. */
final class ShareSubscription implements Subscription {
    private final List<ShareWorker> workers;
    private final Set<String> clientIds;
    private final Predicate<Set<String>> areAssigned;
    private volatile boolean joined;
    private volatile boolean stopped;

    /** @param areAssigned asks the broker whether clients have joined and have partitions */
    ShareSubscription(List<ShareWorker> workers, Set<String> clientIds, Predicate<Set<String>> areAssigned) {
        this.workers = List.copyOf(workers);
        this.clientIds = Set.copyOf(clientIds);
        this.areAssigned = areAssigned;
        workers.forEach(ShareWorker::start);
    }

    @Override
    public boolean ready() {
        if (!joined && !stopped) {
            try {
                joined = areAssigned.test(clientIds);
            } catch (ApiException | EventHandlingException e) {
                return false;
            }
        }
        return joined && !stopped;
    }

    @Override
    public void stop() {
        stopped = true;
        workers.forEach(ShareWorker::stop);
    }

    @Override
    public void close() {
        stop();
        workers.forEach(ShareWorker::await);
    }
}
