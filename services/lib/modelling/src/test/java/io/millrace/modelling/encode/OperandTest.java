package io.millrace.modelling.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.dataset.Task;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.trees.TableBuilder;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperandTest {
    private static final int ROWS = 600;
    private static final List<String> LETTERS = List.of("a", "b", "c", "never");

    /** Letters in turn; what a row of each has as its target, but for a little by row. */
    private static Table table(Task task, List<String> classes, double... targets) {
        int[] codes = IntStream.range(0, ROWS).map(r -> r % targets.length).toArray();
        codes[ROWS - 1] = Table.MISSING;
        return new TableBuilder()
                .categories("letter", LETTERS, codes)
                .numbers("number", IntStream.range(0, ROWS).asDoubleStream().toArray())
                .build(
                        task,
                        classes,
                        3,
                        IntStream.range(0, ROWS)
                                .mapToDouble(r -> targets[r % targets.length]
                                        + (task == Task.REGRESSION ? 0.01 * Math.sin(7.7 * r) : 0))
                                .toArray());
    }

    private static Optional<Operand> letter(Table table) {
        return Operand.of(0, table, IntStream.range(0, ROWS - 1).toArray());
    }

    @Test
    void aCategoryIsTheRankOfWhatTheTargetIsThere() {
        Table table = table(Task.REGRESSION, List.of(), 7, -3, 5);
        Operand letter = letter(table).orElseThrow();
        IntToDoubleFunction values = letter.in(table);

        assertThat(IntStream.range(0, 3).mapToDouble(values))
                .as("7, -3 and 5, before which stand what no row has: the mean of all, 3")
                .containsExactly(4.0, 1.0, 3.0);
        assertThat(values.applyAsDouble(ROWS - 1)).isEqualTo(2);
        assertThat(letter.scaled(4)).isEqualTo(0.75);
        assertThat(letter.scaled(1)).isEqualTo(-0.75);
    }

    @Test
    void aLevelThatTheTableDidNotListIsMissing() {
        Table table = table(Task.REGRESSION, List.of(), 7, -3, 5);
        Operand letter = letter(table).orElseThrow();
        table.codes(0)[0] = Table.UNKNOWN;
        table.codes(0)[1] = LETTERS.size();

        assertThat(IntStream.range(0, 2).mapToDouble(letter.in(table))).containsOnly(Double.NaN);
    }

    @Test
    void noNumberIsACategoryOfTwoLevels() {
        assertThat(letter(table(Task.REGRESSION, List.of(), 7, -3))).isEmpty();
    }

    @Test
    void noNumberIsACategoryThatTellsNothing() {
        assertThat(letter(table(Task.REGRESSION, List.of(), 5, 5, 5))).isEmpty();
    }

    @Test
    void noNumberIsACategoryOfFewRowsPerLevel() {
        Table table = table(Task.REGRESSION, List.of(), 7, -3, 5);

        assertThat(Operand.of(0, table, IntStream.range(0, 59).toArray())).isEmpty();
        assertThat(Operand.of(0, table, IntStream.range(0, 60).toArray())).isPresent();
    }

    @Test
    void threeClassesPutLevelsInNoOrderAndTwoDo() {
        assertThat(letter(table(Task.MULTICLASS, List.of("x", "y", "z"), 0, 1, 2)))
                .isEmpty();
        assertThat(letter(table(Task.BINARY, List.of("x", "y"), 0, 1, 1))).isPresent();
    }

    @Test
    void aNumberIsWrittenAsBeforeThereWereRanksAndReadAgain() throws JsonProcessingException {
        JsonMapper json = new JsonMapper();
        Operand number = new Operand(3, 1, 2, List.of());

        assertThat(json.writeValueAsString(number)).isEqualTo("{\"feature\":3,\"origin\":1.0,\"unit\":2.0}");
        assertThat(json.readValue(json.writeValueAsString(number), Operand.class))
                .isEqualTo(number);
        Operand ranked = new Operand(3, 1, 2, List.of(2, 1));
        assertThat(json.readValue(json.writeValueAsString(ranked), Operand.class))
                .isEqualTo(ranked);
    }
}
