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
 * Models that are verified and ready, those that were used last. One that has to make room, or of whose name there is a newer one,
 * is closed when nobody uses it any more. Safe for use by many threads.
 */
public final class OpenModels implements AutoCloseable {
    private final BlobStore blobs;
    private final Path scratch;
    private final ModelTrust trust;
    private final TrustedKeys keys;
    private final Learners learners;
    private final int most;
    /** By name, the one that was used last at the end. */
    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);

    /** @param most models that are kept, from 1 */
    OpenModels(BlobStore blobs, Path scratch, ModelTrust trust, Learners learners, int most) {
        this.blobs = blobs;
        this.scratch = scratch;
        this.trust = trust;
        this.keys = TrustedKeys.read(trust.keys());
        this.learners = learners;
        this.most = most;
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
            return use.apply(slot.model());
        } finally {
            giveBack(slot);
        }
    }

    /** How many are kept. */
    synchronized int count() {
        return slots.size();
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

    private void makeRoom() {
        Iterator<Slot> oldestFirst = slots.values().iterator();
        while (slots.size() > most) {
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
                return EnsembleModel.open(archive, learners::read);
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
