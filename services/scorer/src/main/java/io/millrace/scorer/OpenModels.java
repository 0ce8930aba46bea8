package io.millrace.scorer;

import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.modelling.trial.Learners;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.signing.TrustedKeys;
import io.millrace.runtime.signing.VerifiedModel;
import io.millrace.scorer.core.Published;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Models that are verified and ready, those that were used last, as many as there is room for by number and by memory. One that has
 * to make room, or of whose name there is a newer one, is closed when nobody uses it any more; until then it takes memory beside
 * the others. Safe for use by many threads.
 */
public final class OpenModels implements AutoCloseable {
    private final BlobStore blobs;
    private final Path scratch;
    private final ModelTrust trust;
    private final TrustedKeys keys;
    private final Learners learners;
    private final Room room;
    /** By name, the one that was used last at the end. */
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Room for models.
     *
     * @param models that are kept, from 1
     * @param memory bytes for the fold models of all of them; those of a model that needs more alone are read anew for every use
     */
    public record Room(int models, long memory) {}

    OpenModels(BlobStore blobs, Path scratch, ModelTrust trust, Learners learners, Room room) {
        this.blobs = blobs;
        this.scratch = scratch;
        this.trust = trust;
        this.keys = TrustedKeys.read(trust.keys());
        this.learners = learners;
        this.room = room;
    }

    /**
     * Lends a model for as long as it is used; opens it first where that has to be.
     *
     * @throws RefusedModelException where it must not be used
     * @throws EventHandlingException RETRYABLE where the object store is away
     */
    public <T> T with(Published published, Function<EnsembleModel, T> use) {
        Slot slot = lend(published);
        try {
            EnsembleModel model = slot.model();
            weigh(slot, model.memory());
            return use.apply(model);
        } finally {
            giveBack(slot);
        }
    }

    /** How many are kept. */
    synchronized int count() {
        return slots.size();
    }

    /** Bytes of memory that those which are kept take, as estimated. */
    synchronized long memory() {
        return slots.values().stream().mapToLong(slot -> slot.memory).sum();
    }

    private synchronized Slot lend(Published published) {
        String name = published.model().name();
        Slot slot = slots.get(name);
        if (slot == null || !slot.published.event().equals(published.event())) {
            if (slot != null) {
                slots.remove(name).drop();
            }
            slot = new Slot(published);
            slots.put(name, slot);
            makeRoom();
        }
        slot.users++;
        return slot;
    }

    /** What a model takes is known once it is open. */
    private synchronized void weigh(Slot slot, long memory) {
        slot.memory = memory;
        makeRoom();
    }

    private void makeRoom() {
        Iterator<Slot> oldestFirst = slots.values().iterator();
        while (slots.size() > room.models() || memory() > room.memory()) {
            Slot oldest = oldestFirst.next();
            oldestFirst.remove();
            oldest.drop();
        }
    }

    private synchronized void giveBack(Slot slot) {
        slot.users--;
        slot.closeIfUnused();
    }

    @Override
    public synchronized void close() {
        List<Slot> all = new ArrayList<>(slots.values());
        slots.clear();
        all.forEach(Slot::drop);
    }

    /** A place for a model: empty until somebody asks for it, and again after it could not be had. */
    private final class Slot {
        private final Published published;
        private int users;
        private long memory;
        private boolean dropped;
        private WorkFolder folder;
        private EnsembleModel model;

        Slot(Published published) {
            this.published = published;
        }

        /** One opens it and the others wait; those who use other models do not. */
        synchronized EnsembleModel model() {
            if (model == null) {
                folder = WorkFolder.below(scratch);
                try {
                    model = open(folder.path().resolve("model.zip"));
                } finally {
                    if (model == null) {
                        folder.close();
                    }
                }
            }
            return model;
        }

        private EnsembleModel open(Path archive) {
            String name = published.model().name();
            try {
                blobs.download(published.model().model(), archive);
                VerifiedModel verified = VerifiedModel.of(archive, published.model(), keys);
                if (!trust.anySigner()) {
                    verified.requireTrusted("set MILLRACE_SCORER_ANY_SIGNER to true");
                }
                return EnsembleModel.open(archive, learners::read, room.memory());
            } catch (EventHandlingException e) {
                throw e.kind() == Kind.RETRYABLE ? e : new RefusedModelException(name, e);
            } catch (IllegalArgumentException e) {
                throw new RefusedModelException(name, e);
            }
        }

        void drop() {
            dropped = true;
            closeIfUnused();
        }

        void closeIfUnused() {
            if (dropped && users == 0) {
                shut();
            }
        }

        private synchronized void shut() {
            if (model != null) {
                model.close();
                folder.close();
                model = null;
            }
        }
    }
}
