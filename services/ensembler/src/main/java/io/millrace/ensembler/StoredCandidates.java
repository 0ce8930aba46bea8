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
 * @param candidates best first
 * @param target class index or value of the rows in the folds that all candidates have
 * @param predictions of these rows, per candidate
 */
record StoredCandidates(List<Candidate> candidates, double[] target, List<Matrix> predictions) {
    /** Reads one candidate after the other and keeps of each the shared rows only. */
    static StoredCandidates read(SearchCompleted search, Truth truth, BlobStore blobs) {
        List<Integer> folds =
                new ArrayList<>(search.candidates().get(0).artifacts().folds());
        search.candidates().forEach(c -> folds.retainAll(c.artifacts().folds()));
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("the candidates of " + search.name() + " have no fold in common");
        }
        int[] rows = OutOfFold.rowsIn(truth, folds);
        List<Matrix> predictions = new ArrayList<>();
        for (Candidate candidate : search.candidates()) {
            Matrix all = Matrix.fromBytes(blobs.read(candidate.artifacts().predictions()));
            if (all.rows() != truth.rows() || all.columns() != truth.profile().outputs()) {
                throw new IllegalArgumentException(
                        "predictions of " + candidate.trial() + " are those of another table");
            }
            predictions.add(all.select(rows));
        }
        return new StoredCandidates(search.candidates(), OutOfFold.pick(truth.target(), rows), predictions);
    }
}
