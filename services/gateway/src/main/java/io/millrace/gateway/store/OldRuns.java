package io.millrace.gateway.store;

import io.millrace.database.Database;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.work.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs that ended long ago and are kept by nothing: no model that is the latest of its name came from them. Forgetting one
 * removes its blobs (data set, tables, trials, checkpoints, models), then the recorded outcomes of its events, then its
 * rows, so that a crash in between leaves it to be found again.
 */
public final class OldRuns {
    private static final int AT_ONCE = 1000;
    private static final String DATA = "datasets/";
    private static final String WORK = "runs/";
    /** Between the storing of a data set and its event lie moments; this long after nobody is about to submit it any more. */
    private static final Duration BEING_SUBMITTED = Duration.ofDays(1);

    /** A file of a run, whose id is a UUID. */
    private static final Pattern OF_RUN = Pattern.compile(DATA + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/[^/]+");

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

    /** Blobs that would go with each of these runs, in their order. Reads what is recorded of all events, once. */
    public Map<String, List<String>> blobsOf(List<String> runIds) {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Map<String, String> runOfEvent = new HashMap<>();
        for (String run : runIds) {
            List<String> own = keys.computeIfAbsent(run, r -> new ArrayList<>());
            Stream.of(WORK, DATA).forEach(kind -> own.addAll(blobs.list(kind + run + "/")));
            events.idsOf(run).forEach(event -> runOfEvent.put(event, run));
        }
        Outcomes.keysOf(blobs, runOfEvent.keySet())
                .forEach((event, recorded) -> keys.get(runOfEvent.get(event)).addAll(recorded));
        return keys;
    }

    /** Forgets runs, some at a time: to find their outcomes all that are recorded are listed. Returns how many blobs went. */
    public int forget(List<String> runIds) {
        int forgotten = 0;
        for (int from = 0; from < runIds.size(); from += AT_ONCE) {
            List<String> some = runIds.subList(from, Math.min(runIds.size(), from + AT_ONCE));
            for (List<String> keys : blobsOf(some).values()) {
                keys.forEach(blobs::delete);
                forgotten += keys.size();
            }
            some.forEach(this::forgetRows);
        }
        return forgotten;
    }

    /**
     * Data sets that were stored and whose run never began, by run: who stored them died before the event went out and did not come
     * again. No event is known of the run and nothing was made of it. What is of another form under that prefix is somebody's own.
     *
     * @param age how long ago they must have been stored, a day at least
     */
    public Map<String, List<String>> neverSubmitted(Instant now, Duration age) {
        Instant moment = now.minus(age.compareTo(BEING_SUBMITTED) < 0 ? BEING_SUBMITTED : age);
        Map<String, List<String>> keys = blobs.list(DATA).stream()
                .filter(key -> OF_RUN.matcher(key).matches())
                .collect(Collectors.groupingBy(OldRuns::runOf, TreeMap::new, Collectors.toList()));
        keys.keySet().removeAll(runs.ids());
        keys.entrySet()
                .removeIf(own -> !own.getValue().stream().allMatch(key -> isOlder(key, moment))
                        || !blobs.list(WORK + own.getKey() + "/").isEmpty());
        return keys;
    }

    /** Forgets them; returns how many blobs went. */
    public int forgetNeverSubmitted(Instant now, Duration age) {
        List<String> keys =
                neverSubmitted(now, age).values().stream().flatMap(List::stream).toList();
        keys.forEach(blobs::delete);
        return keys.size();
    }

    private static String runOf(String key) {
        return key.substring(DATA.length(), key.indexOf('/', DATA.length()));
    }

    private boolean isOlder(String key, Instant moment) {
        return blobs.storedAt(key).filter(at -> at.isBefore(moment)).isPresent();
    }

    private void forgetRows(String run) {
        database.inTransaction(() -> {
            runs.forgetEvents(run);
            runs.forgetMissing(run);
            runs.forgetTrials(run);
            runs.forgetRangeTests(run);
            runs.forgetModel(run);
            return runs.forget(run);
        });
    }
}
