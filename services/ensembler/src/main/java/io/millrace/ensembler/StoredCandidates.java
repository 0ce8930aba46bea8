package io.millrace.ensembler;

import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.table.Matrix;
import io.millrace.runtime.BlobStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Candidates with the predictions that all of them have.
 *
 * @param candidates those trained on all folds of the best one, best first
 * @param target class index or value of the rows in these folds
 * @param predictions of these rows, per candidate
 */
record StoredCandidates(List<Candidate> candidates, double[] target, List<Matrix> predictions) {
    /** Reads one candidate after the other and keeps of each the shared rows only. */
    static StoredCandidates read(SearchCompleted search, Truth truth, BlobStore blobs) {
        List<Integer> folds = search.candidates().get(0).artifacts().folds();
        List<Candidate> comparable = search.candidates().stream()
                .filter(c -> c.artifacts().folds().containsAll(folds))
                .toList();
        int[] rows = OutOfFold.rowsIn(truth, folds);
        List<Matrix> predictions = new ArrayList<>();
        for (Candidate candidate : comparable) {
            Matrix all = Matrix.fromBytes(blobs.read(candidate.artifacts().predictions()));
            if (all.rows() != truth.rows() || all.columns() != truth.profile().outputs()) {
                throw new IllegalArgumentException(
                        "predictions of " + candidate.trial() + " are those of another table");
            }
            predictions.add(OutOfFold.select(all, rows));
        }
        return new StoredCandidates(comparable, OutOfFold.pick(truth.target(), rows), predictions);
    }
}
