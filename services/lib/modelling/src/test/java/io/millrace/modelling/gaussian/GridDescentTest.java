package io.millrace.modelling.gaussian;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridDescentTest {
    private final List<String> asked = new ArrayList<>();

    /** A valley that lies askew, so that no axis alone leads down to (6, 2). */
    private double askew(int[] place) {
        asked.add(Arrays.toString(place));
        double along = place[0] - 6;
        double across = place[1] - 2;
        return along * along + across * across + along * across / 2;
    }

    @Test
    void itGoesDownToWhereNothingBesideIsBetter() {
        assertThat(new GridDescent(new int[] {8, 5}, this::askew, () -> false).from(new int[] {0, 4}))
                .containsExactly(6, 2);
        assertThat(asked).doesNotHaveDuplicates().hasSizeLessThan(40);
    }

    @Test
    void anotherBeginningLeadsOutOfALeastThatIsNotTheLeast() {
        double[] hills = {3, 2, 3, 4, 3, 1, 2};
        GridDescent descent = new GridDescent(new int[] {7}, place -> hills[place[0]], () -> false);

        assertThat(descent.from(new int[] {0})).containsExactly(1);
        assertThat(descent.from(new int[] {0}, new int[] {6})).containsExactly(5);
    }

    @Test
    void aroundTheBestLiesAllThatIsHardlyWorse() {
        Map<List<Integer>, Double> around =
                new GridDescent(new int[] {12, 5}, this::askew, () -> false).around(2.1, new int[] {6, 4});

        for (int a = 0; a < 12; a++) {
            for (int b = 0; b < 5; b++) {
                double error = askew(new int[] {a, b});
                assertThat(error > 2.1 || around.containsKey(List.of(a, b)))
                        .as("%d, %d", a, b)
                        .isTrue();
                assertThat(around.getOrDefault(List.of(a, b), error)).isEqualTo(error);
            }
        }
        assertThat(around).hasSizeBetween(10, 30);
    }

    @Test
    void whenItIsStoppedItStaysWhereItIs() {
        assertThat(new GridDescent(new int[] {8, 5}, this::askew, () -> true).from(new int[] {3, 3}, new int[] {6, 2}))
                .containsExactly(3, 3);
    }
}
