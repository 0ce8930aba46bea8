package io.millrace.modelling.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.configuration.NumberForm;
import io.millrace.dataset.ColumnKind;
import io.millrace.modelling.encode.NumberPair.Operation;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import io.millrace.modelling.table.Tables;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkEncoderTest {
    private static final double NONE = Double.NaN;

    private static int[] rows(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static Matrix dense(Table table, int... rows) {
        return NetworkEncoder.fit(table, rows(table.rows())).encode(table, rows).dense();
    }

    private static double clipped(double z) {
        return z / Math.sqrt(1 + z * z / 9);
    }

    @Test
    void aNumberIsCentredOnTheMedianAndScaledByTheQuartiles() {
        Table table = new Tables().with(ColumnKind.NUMERIC, 0, 1, 2, 3, 4).regression(0, 0, 0, 0, 0);

        Matrix encoded = dense(table, 0, 2, 4);

        assertThat(encoded.values()).containsExactly((float) clipped(-1), 0, (float) clipped(1));
    }

    @Test
    void anOutlierStaysBelowThree() {
        Table table = new Tables().with(ColumnKind.NUMERIC, 0, 1, 2, 3, 1e12).regression(0, 0, 0, 0, 0);

        assertThat(dense(table, 4).get(0, 0)).isLessThanOrEqualTo(3).isGreaterThan(2.9f);
    }

    @Test
    void aPairIsAQuantityThatComesLastAndIsReadAgain() {
        Table table = new Tables()
                .with(ColumnKind.NUMERIC, 0, 2, 4, 6, 8)
                .with(ColumnKind.NUMERIC, 1, 1, 1, 1, 0)
                .regression(0, 0, 0, 0, 0);
        NumberPair ratio =
                new NumberPair(Operation.RATIO, new Operand(0, 4, 4, List.of()), new Operand(1, 1, 1, List.of()));
        NetworkEncoder plain = NetworkEncoder.fit(table, rows(5));

        NetworkEncoder paired = NetworkEncoder.fromJson(
                plain.with(List.of(ratio), table, rows(5)).toJson());

        assertThat(paired.numberColumns()).containsExactly(0, 1, 2);
        Matrix encoded = paired.encode(table, new int[] {0, 1, 4}).dense();
        assertThat(encoded.columns()).isEqualTo(plain.width() + 2);
        // 0, 2, 4, 6 have a median of 3 and quartiles 3 apart; nothing can be divided by 0
        assertThat(encoded.get(0, 2)).isCloseTo((float) clipped(-1), within(1e-6f));
        assertThat(encoded.get(1, 2)).isCloseTo((float) clipped(-1 / 3.0), within(1e-6f));
        assertThat(encoded.get(2, 2)).isZero();
        assertThat(List.of(encoded.get(0, 3), encoded.get(2, 3))).containsExactly(0f, 1f);
    }

    @Test
    void aRegressionSeesHowFarOutALongTailIsButNotBeyondItsTrainingRows() {
        double[] numbers = IntStream.range(0, 400)
                .mapToDouble(i -> i < 380 ? i % 19 - 9 : (i - 389.5) * 40)
                .toArray();
        double deviation = Math.sqrt(IntStream.range(0, 400)
                .mapToDouble(i -> numbers[i] * numbers[i] / 400)
                .sum());
        Table table = new Tables().with(ColumnKind.NUMERIC, numbers).regression(new double[400]);

        Matrix encoded = dense(table, 0, 399);
        Matrix beyond = NetworkEncoder.fit(table, rows(399))
                .encode(table, new int[] {398, 399})
                .dense();

        assertThat(encoded.columns()).isEqualTo(2);
        assertThat(encoded.get(0, 1)).isCloseTo((float) (-9 / deviation), within(1e-5f));
        assertThat(encoded.get(1, 1)).isCloseTo((float) (380 / deviation), within(1e-5f));
        assertThat(beyond.get(1, 1)).isEqualTo(beyond.get(0, 1));
    }

    @Test
    void aLinearModelLeavesOutWhatWouldBecomeTooManyColumns() {
        List<String> levels = IntStream.range(0, 30).mapToObj(i -> "level " + i).toList();
        int[] codes = IntStream.range(0, 600).map(i -> i % 30).toArray();
        double[] numbers = IntStream.range(0, 600).mapToDouble(i -> i % 7).toArray();
        Table table = new Tables()
                .withCategory(levels, codes)
                .with(ColumnKind.NUMERIC, numbers)
                .regression(numbers);

        assertThat(NetworkEncoder.linear(table, rows(600), NumberForm.BOTH)
                        .narrowed(32)
                        .width())
                .isEqualTo(32);
        NetworkEncoder narrow =
                NetworkEncoder.linear(table, rows(600), NumberForm.BOTH).narrowed(31);
        assertThat(narrow.width()).isEqualTo(2);
        assertThat(narrow.encode(table, new int[] {3}).dense().get(0, 0)).isEqualTo(0); // 3 is the median
    }

    @Test
    void aTextHasTheRoomThatOthersLeave() {
        Table table = new Tables()
                .withText("rain rain wind", "rain wind snow", "rain snow wind", "rain")
                .with(ColumnKind.NUMERIC, 0, 1, 2, 3)
                .regression(0, 0, 0, 0);
        NetworkEncoder all = NetworkEncoder.linear(table, rows(4), NumberForm.PLAIN);

        NetworkEncoder narrow = all.narrowed(2);

        assertThat(all.width()).isGreaterThan(3);
        // the number, and the term of most texts
        assertThat(narrow.width()).isEqualTo(2);
        assertThat(narrow.encode(table, rows(4)).dense().values()).contains(3).hasSize(8);
        assertThat(all.narrowed(1).dense()).hasSize(1);
    }

    @Test
    void aMissingNumberIsTheMeanAndShownByAColumnOfItsOwn() {
        Table table = new Tables().with(ColumnKind.NUMERIC, 0, 1, 2, 5, NONE).regression(0, 0, 0, 0, 0);

        Matrix encoded = dense(table, 4, 0);

        assertThat(encoded.columns()).isEqualTo(2);
        assertThat(encoded.get(0, 0)).isCloseTo((float) clipped((2 - 1.5) / 2), within(1e-6f));
        assertThat(encoded.get(0, 1)).isEqualTo(1);
        assertThat(encoded.get(1, 1)).isEqualTo(0);
    }

    @Test
    void whatOnlyNewRowsMissHasNoColumn() {
        Table table = new Tables().with(ColumnKind.NUMERIC, 0, 1, 2, NONE).regression(0, 0, 0, 0);

        Matrix encoded = NetworkEncoder.fit(table, new int[] {0, 1, 2})
                .encode(table, new int[] {3})
                .dense();

        assertThat(encoded.columns()).isEqualTo(1);
        assertThat(encoded.get(0, 0)).isEqualTo(0);
    }

    @Test
    void aMostlyConstantNumberIsScaledByItsRangeAndAConstantOneVanishes() {
        Table table = new Tables()
                .with(ColumnKind.NUMERIC, 0, 0, 0, 0, 0, 0, 0, 10)
                .with(ColumnKind.NUMERIC, 7, 7, 7, 7, 7, 7, 7, 7)
                .regression(0, 0, 0, 0, 0, 0, 0, 0);

        Matrix encoded = dense(table, 0, 7);

        assertThat(encoded.values()).containsExactly(0, 0, (float) clipped(2), 0);
    }

    @Test
    void aBooleanIsMinusOneZeroOrOne() {
        Table table = new Tables().with(ColumnKind.BOOLEAN, 0, 1, NONE).regression(0, 0, 0);

        assertThat(dense(table, 0, 1, 2).values()).containsExactly(-1, 1, 0);
    }

    @Test
    void twoLevelsShareAColumn() {
        Table table = new Tables()
                .withCategory(List.of("no", "yes"), 0, 1, Table.MISSING, Table.UNKNOWN)
                .regression(0, 0, 0, 0);

        assertThat(dense(table, 0, 1, 2, 3).values()).containsExactly(-1, 1, 0, 0);
    }

    @Test
    void fewLevelsHaveAColumnEachAndAnUnknownOneLooksLikeNone() {
        Table table = new Tables()
                .withCategory(List.of("a", "b", "c"), 0, 1, 2, Table.UNKNOWN, Table.MISSING, 1)
                .regression(0, 0, 0, 0, 0, 0);

        Matrix encoded = dense(table, 0, 1, 2, 3, 4);

        assertThat(encoded.columns()).isEqualTo(3);
        assertThat(encoded.get(0, 0)).isGreaterThan(encoded.get(1, 0));
        for (int column = 0; column < 3; column++) {
            assertThat(encoded.get(3, column)).isEqualTo(encoded.get(4, column));
        }
    }

    @Test
    void manyLevelsBecomeCodesAndRareOnesShareTheOneOfTheUnknown() {
        List<String> levels = IntStream.range(0, 12).mapToObj(i -> "l" + i).toList();
        int[] codes = IntStream.range(0, 40).map(i -> i < 36 ? i % 11 : 11).toArray();
        codes[37] = Table.MISSING;
        codes[38] = Table.UNKNOWN;
        codes[39] = 0;
        Table table = new Tables()
                .withCategory(levels, codes)
                .withCategory(levels, codes)
                .regression(new double[40]);

        NetworkEncoder encoder = NetworkEncoder.fit(table, rows(40));
        Encoded encoded = encoder.encode(table, new int[] {0, 36, 37, 38, 39});

        assertThat(encoder.codeColumns()).isEqualTo(2);
        assertThat(encoder.tableSize()).isEqualTo(2 * 13); // eleven frequent levels, unknown and missing
        assertThat(encoded.codes()).containsExactly(2, 15, 0, 13, 1, 14, 0, 13, 2, 15);
        assertThat(encoded.dense().columns()).isEqualTo(1);
    }

    @Test
    void aDateShowsTheCyclesThatVary() {
        double day = 86_400;
        Table days =
                new Tables().with(ColumnKind.DATETIME, 0, day, 2 * day, 3 * day).regression(0, 0, 0, 0);
        Table hours =
                new Tables().with(ColumnKind.DATETIME, 0, day / 4, day / 2).regression(0, 0, 0);

        assertThat(dense(days, 0).columns()).isEqualTo(3); // the number, and sine and cosine of the weekday
        assertThat(dense(hours, 1).get(0, 1)).isCloseTo(1, within(1e-6f)); // six o'clock is a quarter turn
        assertThat(dense(hours, 2).get(0, 2)).isCloseTo(-1, within(1e-6f));
    }

    @Test
    void aTextIsAVectorOfWeightedTermsOfOneLength() {
        Table table = new Tables()
                .withText("free prize now", "free prize", "see you now", null, "nothing known")
                .regression(0, 0, 0, 0, 0);

        Matrix encoded = dense(table, 0, 1, 3, 4);

        assertThat(encoded.columns()).isEqualTo(4); // free, "free prize", now, prize
        for (int row = 0; row < 2; row++) {
            double squares = 0;
            for (int c = 0; c < 4; c++) {
                squares += encoded.get(row, c) * encoded.get(row, c);
            }
            assertThat(Math.sqrt(squares)).isCloseTo(3, within(1e-5));
        }
        for (int c = 0; c < 4; c++) {
            assertThat(encoded.get(2, c)).isZero();
            assertThat(encoded.get(3, c)).isZero();
        }
    }

    @Test
    void onlyTrainingRowsTeach() {
        Table table = new Tables()
                .with(ColumnKind.NUMERIC, 0, 1, 2, 1000)
                .withText("aa", "aa", "bb", "bb")
                .regression(0, 0, 0, 0);

        NetworkEncoder encoder = NetworkEncoder.fit(table, new int[] {0, 1, 2});

        assertThat(encoder.width()).isEqualTo(2); // the number and the term "aa"
        assertThat(encoder.encode(table, new int[] {1}).dense().get(0, 0)).isZero();
    }

    @Test
    void theEncoderThatIsReadAgainEncodesTheSame() {
        Table table = new Tables()
                .with(ColumnKind.NUMERIC, 0.1, NONE, 0.3)
                .with(ColumnKind.BOOLEAN, 0, 1, 0)
                .with(ColumnKind.DATETIME, 0, 1e9, 2e9)
                .withCategory(List.of("a", "b", "c"), 0, 1, 2)
                .withText("x y", "x y", "z")
                .regression(0, 0, 0);
        NetworkEncoder encoder = NetworkEncoder.fit(table, rows(3));

        NetworkEncoder read = NetworkEncoder.fromJson(encoder.toJson());

        assertThat(read).isEqualTo(encoder);
        assertThat(read.encode(table, rows(3)).dense())
                .isEqualTo(encoder.encode(table, rows(3)).dense());
    }
}
