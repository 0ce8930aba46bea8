package io.millrace.modelling.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final int MEMBERS = 3;
    private static final int ROWS = 5;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void everyMemberIsANetworkOfItsOwn() {
        List<Integer> sources = List.of(0, 1, 2, 3);
        Dense shared = new Dense(DensePlan.hidden(4, 6, Nonlinearity.RELU, false), ROWS * MEMBERS, random);
        try (Members members = new Members(new MembersPlan(MEMBERS, sources, true), List.of(shared), 2, ROWS, random);
                Tensor inputs = new Tensor(ROWS, 4)) {
            for (int i = 0; i < inputs.values().length; i++) {
                inputs.values()[i] = (float) random.nextGaussian();
            }
            List<Parameter> parameters = members.parameters();
            float[] factors = parameters.get(0).values();
            float[] body = parameters.get(1).values();
            float[] heads = parameters.get(3).values();

            float[] out = members.forward(inputs, ROWS, false).values();

            for (int r = 0; r < ROWS; r++) {
                for (int m = 0; m < MEMBERS; m++) {
                    for (int o = 0; o < 2; o++) {
                        double expected = 0;
                        for (int h = 0; h < 6; h++) {
                            double z = 0;
                            for (int i = 0; i < 4; i++) {
                                z += inputs.values()[r * 4 + i] * factors[m * 4 + i] * body[i * 6 + h];
                            }
                            expected += Math.max(0, z) * heads[(m * 6 + h) * 2 + o];
                        }
                        assertThat((double) out[(r * MEMBERS + m) * 2 + o]).isCloseTo(expected, within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void columnsOfOneSourceBeginWithTheSameFactor() {
        try (MemberScale signs = new MemberScale(new MembersPlan(8, List.of(0, 0, 1), false), 1, random);
                MemberScale normal = new MemberScale(new MembersPlan(8, List.of(0, 0, 1), true), 1, random)) {
            float[] bits = signs.parameter().values();
            float[] numbers = normal.parameter().values();
            for (int m = 0; m < 8; m++) {
                assertThat(Math.abs(bits[3 * m])).isEqualTo(1);
                assertThat(bits[3 * m + 1]).isEqualTo(bits[3 * m]);
                assertThat(numbers[3 * m + 1]).isEqualTo(numbers[3 * m]);
                assertThat(numbers[3 * m + 2]).isNotEqualTo(numbers[3 * m]);
            }
            assertThat(bits).contains(1f, -1f);
        }
    }
}
