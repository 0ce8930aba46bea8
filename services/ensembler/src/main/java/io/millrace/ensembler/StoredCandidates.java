package io.millrace.ensembler;

import io.millrace.events.SearchCompleted;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.modelling.ensemble.Bagged;
import io.millrace.modelling.score.OutOfFold;
import io.millrace.modelling.score.Truth;
import io.millrace.modelling.table.Matrix;
import io.millrace.runtime.BlobStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Candidates with the predictions that all of them have.
 *
 * @param candidates best first
 * @param target class index or value of the rows in the folds that all candidates have
 * @param predictions of these rows, per candidate
 * @param bagged those with the most folds, where these are more than all have
 */
record StoredCandidates(
        List<Candidate> candidates, double[] target, List<Matrix> predictions, Optional<Bagged> bagged) {
    /** Reads one candidate after the other and keeps of each the shared rows only, of those with the most folds all their rows. */
    static StoredCandidates read(SearchCompleted search, Truth truth, BlobStore blobs) {
        List<Candidate> candidates = search.candidates();
        Set<Integer> shared = new HashSet<>(folds(candidates.get(0)));
        candidates.forEach(c -> shared.retainAll(folds(c)));
        if (shared.isEmpty()) {
            throw new IllegalArgumentException("the candidates of " + search.name() + " have no fold in common");
        }
        Set<Integer> most = candidates.stream()
                .map(StoredCandidates::folds)
                .reduce((a, b) -> b.size() > a.size() ? b : a)
                .orElseThrow();
        int[] rows = OutOfFold.rowsIn(truth, shared);
        int[] mostRows = OutOfFold.rowsIn(truth, most);
        int[] bagged = most.equals(shared)
                ? new int[0]
                : IntStream.range(0, candidates.size())
                        .filter(j -> folds(candidates.get(j)).equals(most))
                        .toArray();
        List<Matrix> predictions = new ArrayList<>();
        List<Matrix> baggedPredictions = new ArrayList<>();
        for (int j = 0; j < candidates.size(); j++) {
            Matrix all = read(candidates.get(j), truth, blobs);
            predictions.add(all.select(rows));
            if (Arrays.binarySearch(bagged, j) >= 0) {
                baggedPredictions.add(all.select(mostRows));
            }
        }
        int[] own = IntStream.range(0, mostRows.length)
                .filter(i -> !shared.contains(truth.folds()[mostRows[i]]))
                .toArray();
        return new StoredCandidates(
                candidates,
                OutOfFold.pick(truth.target(), rows),
                predictions,
                Optional.of(new Bagged(bagged, OutOfFold.pick(truth.target(), mostRows), baggedPredictions, own))
                        .filter(b -> b.candidates().length > 0));
    }

    private static Set<Integer> folds(Candidate candidate) {
        return Set.copyOf(candidate.artifacts().folds());
    }

    private static Matrix read(Candidate candidate, Truth truth, BlobStore blobs) {
        Matrix all = Matrix.fromBytes(blobs.read(candidate.artifacts().predictions()));
        if (all.rows() != truth.rows() || all.columns() != truth.profile().outputs()) {
            throw new IllegalArgumentException("predictions of " + candidate.trial() + " are those of another table");
        }
        return all;
    }
}
