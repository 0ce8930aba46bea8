package io.millrace.modelling.ensemble;

import io.millrace.modelling.table.Matrix;
import java.util.List;

/**
 * Candidates that are trained on more folds than all have in common, and what these predict beyond the rows that all do. Chosen on
 * the shared rows alone they would be judged by a fraction of what is known of them, and by one fold's model where new rows are
 * predicted by the mean of several. So they are chosen first, on all their rows, and others may be added to them. <em>Measured</em>
 * in services/ensembler/README.md.
 *
 * @param candidates their positions among all candidates
 * @param target class index or value of every row that they predict
 * @param predictions of these rows, per bagged candidate
 * @param own the positions of the rows that others lack
 */
public record Bagged(int[] candidates, double[] target, List<Matrix> predictions, int[] own) {
    public Bagged {
        predictions = List.copyOf(predictions);
    }
}
