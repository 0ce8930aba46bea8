package io.millrace.runtime.work;

import io.millrace.runtime.Outage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts in this process how often something failed by its own fault, so that it is given up after so many tries. An
 * outage is no try, however long it lasts. Safe for use from several threads.
 */
public final class Tries {
    private final int attempts;
    private final Map<String, Integer> failed = new ConcurrentHashMap<>();

    /** @param attempts tries in all, from 1 */
    public Tries(int attempts) {
        this.attempts = attempts;
    }

    /** Takes a failure down; true when it was that of the last try, after which the count begins anew. */
    public boolean usedUp(String what, Exception failure) {
        if (Outage.in(failure) || failed.merge(what, 1, Integer::sum) < attempts) {
            return false;
        }
        failed.remove(what);
        return true;
    }

    /** Forgets the failures of what succeeded in the end. */
    public void succeeded(String what) {
        failed.remove(what);
    }
}
