package io.millrace.modelling.trial;

import java.util.Optional;

/** Keeps finished folds, so that a trial whose worker died goes on where it was. */
public interface FoldStore {
    /** A fold that was finished before, if any. */
    Optional<FoldResult> find(int fold);

    /** Takes a fold that has just been finished. */
    void keep(FoldResult fold);

    /** Keeps nothing. */
    static FoldStore none() {
        return new FoldStore() {
            @Override
            public Optional<FoldResult> find(int fold) {
                return Optional.empty();
            }

            @Override
            public void keep(FoldResult fold) {}
        };
    }
}
