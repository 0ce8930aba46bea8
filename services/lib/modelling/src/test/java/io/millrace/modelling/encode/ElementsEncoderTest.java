package io.millrace.modelling.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElementsEncoderTest {
    private static final List<String> LISTS =
            List.of("Cinnamon", "White", "Cinnamon, White", "Black,Cinnamon", "Gray; Black", "Red");

    private static Table table(List<String> levels, int... codes) {
        return new Tables().withCategory(levels, codes).regression(new double[codes.length]);
    }

    @Test
    void anElementThatSeveralLevelsShareHasAColumn() {
        int[] codes = {0, 1, 2, 3, 4, 5, 0, Table.MISSING};
        ElementsEncoder elements = ElementsEncoder.fit(table(LISTS, codes), 0, new int[] {0, 1, 2, 3, 4, 5, 6})
                .orElseThrow();
        // those of most rows first: Cinnamon, then Black before White by name; Gray and Red are in one level each
        assertThat(elements.levels()).containsExactly(List.of(0, 2, 3), List.of(3, 4), List.of(1, 2));
        Matrix encoded = Matrix.filled(codes.length, 5, 0);
        elements.encode(table(LISTS, codes), new int[] {0, 1, 2, 3, 4, 5, 6, 7}, encoded, 1);
        float[] has = new float[3];
        float[] lacks = new float[3];
        for (int e = 0; e < 3; e++) {
            has[e] = (float) elements.scales().get(e).apply(1);
            lacks[e] = (float) elements.scales().get(e).apply(0);
            assertThat(has[e]).isGreaterThan(lacks[e]);
        }
        assertThat(row(encoded, 2)).containsExactly(0, has[0], lacks[1], has[2], 0);
        assertThat(row(encoded, 3)).containsExactly(0, has[0], has[1], lacks[2], 0);
        assertThat(row(encoded, 5)).containsExactly(0, lacks[0], lacks[1], lacks[2], 0);
        assertThat(row(encoded, 7)).as("missing").containsExactly(0, lacks[0], lacks[1], lacks[2], 0);
    }

    @Test
    void onlyLevelsOfTrainingRowsCount() {
        Table table = table(LISTS, 0, 1, 4, 5, 2, 3);
        assertThat(ElementsEncoder.fit(table, 0, new int[] {0, 1, 2, 3})).isEmpty();
        assertThat(ElementsEncoder.fit(table, 0, new int[] {0, 1, 2, 3, 4})).isPresent();
    }

    @Test
    void plainLevelsAndWhatAllLevelsHaveTellNothing() {
        assertThat(ElementsEncoder.fit(table(List.of("a", "b", "c d"), 0, 1, 2), 0, new int[] {0, 1, 2}))
                .isEmpty();
        assertThat(ElementsEncoder.fit(table(List.of("a, x", "b, x"), 0, 1), 0, new int[] {0, 1}))
                .isEmpty();
    }

    private static float[] row(Matrix matrix, int row) {
        float[] values = new float[matrix.columns()];
        for (int c = 0; c < values.length; c++) {
            values[c] = matrix.get(row, c);
        }
        return values;
    }
}
