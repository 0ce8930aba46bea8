package io.millrace.events;

import java.util.List;
import java.util.Optional;

/**
 * What a trial has produced so far.
 *
 * @param predictions out-of-fold predictions, a matrix with one row per row of the typed table, NaN where none was made
 * @param model the fold models in one archive, in the order of {@code folds}
 * @param curves learning curves per fold as JSON
 * @param folds folds that are trained, ascending
 * @param checkpoint where the training of a fold that paused goes on; absent where none did
 */
public record TrialArtifacts(
        BlobRef predictions, BlobRef model, BlobRef curves, List<Integer> folds, Optional<BlobRef> checkpoint) {
    public TrialArtifacts {
        folds = List.copyOf(folds);
    }
}
