package io.millrace.modelling.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.modelling.ensemble.Profiles;
import io.millrace.modelling.table.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutOfFoldTest {
    private static final Truth TRUTH =
            new Truth(Profiles.regression(), new double[] {10, 11, 12, 13, 14}, new int[] {0, -1, 1, 2, 0});
    private static final Matrix PREDICTIONS = new Matrix(5, 1, new float[] {1, Float.NaN, 3, Float.NaN, 5});

    @Test
    void onlyRowsOfTheTrainedFoldsAreKept() {
        OutOfFold cut = OutOfFold.of(TRUTH, PREDICTIONS, List.of(0, 1));
        assertThat(cut.rows()).containsExactly(0, 2, 4);
        assertThat(cut.target()).containsExactly(10, 12, 14);
        assertThat(cut.predictions().values()).containsExactly(1, 3, 5);
        OutOfFold fold = cut.fold(0);
        assertThat(fold.rows()).containsExactly(0, 4);
        assertThat(fold.predictions().values()).containsExactly(1, 5);
    }

    @Test
    void aRowThatWasNotPredictedIsNamed() {
        assertThatThrownBy(() -> OutOfFold.of(TRUTH, PREDICTIONS, List.of(0, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 3 is NaN");
    }

    @Test
    void predictionsOfAnotherTableAreRefused() {
        assertThatThrownBy(() -> OutOfFold.of(TRUTH, Matrix.filled(4, 1, 0), List.of(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not belong to a table of 5 rows");
    }
}
