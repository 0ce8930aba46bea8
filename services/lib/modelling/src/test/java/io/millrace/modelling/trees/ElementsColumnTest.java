package io.millrace.modelling.trees;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.Task;
import io.millrace.modelling.encode.LevelCounts;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ElementsColumnTest {
    private static final List<String> LISTS =
            List.of("Cinnamon", "White", "Cinnamon, White", "Black,Cinnamon", "Gray; Black", "Red");

    private static Table table(List<String> levels, int... codes) {
        return new TableBuilder()
                .categories("list", levels, codes)
                .build(Task.REGRESSION, List.of(), 2, new double[codes.length]);
    }

    @Test
    void anElementThatSeveralLevelsShareHasAColumn() {
        Table table = table(LISTS, 0, 1, 2, 3, 4, 5, 0, Table.MISSING);
        ElementsColumn elements = fit(table, 7).orElseThrow();
        // those of most rows first: Cinnamon, then Black before White by name; Gray and Red are in one level each
        assertThat(elements.levels()).containsExactly(List.of(0, 2, 3), List.of(3, 4), List.of(1, 2));
        float[] values = new float[8 * 5];
        elements.write(table, rows(8), new Cells(values, 5, 1));
        assertThat(Arrays.copyOfRange(values, 2 * 5, 3 * 5)).containsExactly(0, 1, 0, 1, 0);
        assertThat(Arrays.copyOfRange(values, 3 * 5, 4 * 5)).containsExactly(0, 1, 1, 0, 0);
        assertThat(Arrays.copyOfRange(values, 5 * 5, 6 * 5)).containsExactly(0, 0, 0, 0, 0);
        assertThat(Arrays.copyOfRange(values, 7 * 5, 8 * 5)).containsExactly(0, Float.NaN, Float.NaN, Float.NaN, 0);
    }

    @Test
    void onlyLevelsOfTrainingRowsCount() {
        Table table = table(LISTS, 0, 1, 4, 5, 2, 3);
        assertThat(fit(table, 4)).isEmpty();
        assertThat(fit(table, 5)).isPresent();
    }

    @Test
    void plainLevelsAndWhatAllLevelsHaveTellNothing() {
        assertThat(fit(table(List.of("a", "b", "c d"), 0, 1, 2), 3)).isEmpty();
        assertThat(fit(table(List.of("a, x", "b, x"), 0, 1), 2)).isEmpty();
    }

    /** On the first rows. */
    private static Optional<ElementsColumn> fit(Table table, int rows) {
        List<String> names = table.profile().features().get(0).levels();
        return ElementsColumn.fit(0, names, LevelCounts.of(table, 0, rows(rows)));
    }

    private static int[] rows(int n) {
        return IntStream.range(0, n).toArray();
    }
}
