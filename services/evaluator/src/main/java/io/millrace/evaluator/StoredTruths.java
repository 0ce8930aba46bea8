package io.millrace.evaluator;

import io.millrace.events.BlobRef;
import io.millrace.modelling.score.Truth;
import io.millrace.tables.TableFiles;
import java.util.LinkedHashMap;
import java.util.Map;

/** Targets and folds of the tables asked for last, so that a run's trials read its table once. */
final class StoredTruths {
    private static final int KEPT = 4;

    private final TableFiles files;
    private final Map<String, Truth> kept = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Truth> eldest) {
            return size() > KEPT;
        }
    };

    StoredTruths(TableFiles files) {
        this.files = files;
    }

    /** One thread reads at a time: the others mostly want the same table. */
    synchronized Truth of(BlobRef table, BlobRef profile) {
        // The same table may be another task's, whose target is told by the profile.
        String key = table.sha256() + profile.sha256();
        Truth found = kept.get(key);
        if (found == null) {
            found = read(table, profile);
            kept.put(key, found);
        }
        return found;
    }

    private Truth read(BlobRef table, BlobRef profile) {
        return files.read(table, profile, (file, described) -> Truth.read(file, described, files.scratch()));
    }
}
