package io.millrace.modelling.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.modelling.table.Matrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileEdgesTest {
    private static float[] edges(int... values) {
        Matrix rows = Matrix.filled(values.length, 2, 0);
        for (int r = 0; r < values.length; r++) {
            rows.set(r, 1, values[r]);
        }
        return QuantileEdges.of(rows, 1).at();
    }

    @Test
    void asManyRowsLieBetweenAnyTwoEdges() {
        float[] edges = edges(IntStream.rangeClosed(0, 480).map(i -> 480 - i).toArray());

        assertThat(edges).hasSize(49);
        for (int i = 0; i < edges.length; i++) {
            assertThat(edges[i]).isEqualTo(10 * i);
        }
    }

    @Test
    void aFrequentValueIsOneEdge() {
        assertThat(edges(0, 0, 0, 0, 0, 0, 5, 9)).containsExactly(0, 5, 9);
    }

    @Test
    void aConstantColumnStillHasABin() {
        assertThat(edges(3, 3, 3)).containsExactly(3, 4);
    }
}
