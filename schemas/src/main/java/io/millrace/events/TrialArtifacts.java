package io.millrace.events;

import java.util.List;

/**
 * What a trial has produced so far.
 *
 * @param predictions out-of-fold predictions, a matrix with one row per row of the typed table, NaN where none was made
 * @param model the fold models in one archive, in the order of {@code folds}
 * @param curves learning curves per fold as JSON
 * @param folds folds that are trained, ascending
 */
public record TrialArtifacts(BlobRef predictions, BlobRef model, BlobRef curves, List<Integer> folds) {
    public TrialArtifacts {
        folds = List.copyOf(folds);
    }
}
