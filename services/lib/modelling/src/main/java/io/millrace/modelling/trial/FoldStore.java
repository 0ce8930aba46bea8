package io.millrace.modelling.trial;

import java.util.Optional;

/** Keeps folds, finished and begun, so that a trial whose worker died or stopped goes on where it was. */
public interface FoldStore {
    /** A fold that was finished before, if any. */
    Optional<FoldResult> find(int fold);

    /** Takes a fold that has just been finished. */
    void keep(FoldResult fold);

    /** A fold that was begun before and not finished, if its state was kept. */
    Optional<BegunFold> findBegun(int fold);

    /** Whether it wants the state of the fold under way; asked before every step, hence cheap. */
    boolean wantsBegun();

    /** Takes the state of the fold under way, in place of an earlier one. */
    void keep(BegunFold fold);

    /** Keeps nothing. */
    static FoldStore none() {
        return new FoldStore() {
            @Override
            public Optional<FoldResult> find(int fold) {
                return Optional.empty();
            }

            @Override
            public void keep(FoldResult fold) {}

            @Override
            public Optional<BegunFold> findBegun(int fold) {
                return Optional.empty();
            }

            @Override
            public boolean wantsBegun() {
                return false;
            }

            @Override
            public void keep(BegunFold fold) {}
        };
    }
}
