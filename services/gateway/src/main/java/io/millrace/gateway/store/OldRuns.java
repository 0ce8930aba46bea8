package io.millrace.gateway.store;

import io.millrace.database.Database;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.work.Outcomes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs that ended long ago and are kept by nothing: no model that is the latest of its name came from them. Forgetting one
 * removes its blobs (data set, tables, trials, checkpoints, models), then the recorded outcomes of its events, then its
 * rows, so that a crash in between leaves it to be found again.
 */
public final class OldRuns {
    private static final int AT_ONCE = 1000;

    private final Database database;
    private final BlobStore blobs;
    private final RunRepository runs;
    private final EventRepository events;

    public OldRuns(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
        this.runs = database.repository(RunRepository.class);
        this.events = database.repository(EventRepository.class);
    }

    /** Those that ended before a moment, the oldest first. */
    public List<String> endedBefore(Instant moment) {
        return runs.endedBefore(moment);
    }

    /** Blobs that would go with these runs. */
    public List<String> blobsOf(List<String> runIds) {
        List<String> keys = new ArrayList<>();
        Set<String> eventIds = new HashSet<>();
        for (String run : runIds) {
            Stream.of("runs/", "datasets/").forEach(kind -> keys.addAll(blobs.list(kind + run + "/")));
            eventIds.addAll(events.idsOf(run));
        }
        keys.addAll(Outcomes.keysOf(blobs, eventIds));
        return keys;
    }

    /** Forgets runs, some at a time: to find their outcomes all that are recorded are listed. Returns how many blobs went. */
    public int forget(List<String> runIds) {
        int forgotten = 0;
        for (int from = 0; from < runIds.size(); from += AT_ONCE) {
            List<String> some = runIds.subList(from, Math.min(runIds.size(), from + AT_ONCE));
            List<String> keys = blobsOf(some);
            keys.forEach(blobs::delete);
            some.forEach(this::forgetRows);
            forgotten += keys.size();
        }
        return forgotten;
    }

    private void forgetRows(String run) {
        database.inTransaction(() -> {
            runs.forgetEvents(run);
            runs.forgetTrials(run);
            runs.forgetRangeTests(run);
            runs.forgetModel(run);
            return runs.forget(run);
        });
    }
}
