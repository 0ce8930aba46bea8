package io.millrace.planner.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FamilyBanditTest {
    private static final List<Double> STUCK = List.of(.20, .21, .22, .21, .23, .22, .21, .22, .24, .21);
    private static final List<Double> RISING = List.of(.24, .23, .22, .215, .212, .21, .208, .206, .203, .20);

    @Test
    void timeGoesToTheFamilyThatStillGetsBetterAndTheOtherKeepsAShare() {
        Map<String, Double> spent = spent(Map.of("stuck", 1.0, "rising", 1.0), "stuck", STUCK, "rising", RISING);

        assertThat(spent.get("rising")).isGreaterThan(3 * spent.get("stuck"));
        assertThat(spent.get("stuck")).as("it may have been bad luck").isGreaterThan(20);
    }

    @Test
    void aFamilyFarBehindGetsNextToNothing() {
        List<Double> far = STUCK.stream().map(s -> 1.5 * s).toList();

        assertThat(spent(Map.of("near", 1.0, "far", 1.0), "near", STUCK, "far", far)
                        .get("far"))
                .isLessThan(5);
    }

    @Test
    void familiesThatPromiseTheSameGetTheSameTimeWhateverATrialOfThemCosts() {
        Map<String, Double> spent = spent(Map.of("cheap", 1.0, "dear", 10.0), "cheap", STUCK, "dear", STUCK);

        assertThat(spent.get("dear") / spent.get("cheap")).isBetween(0.95, 1.05);
    }

    @Test
    void aFamilyWithFewTrialsIsBelievedToBeAbleToMore() {
        Map<String, Double> spent = spent(Map.of("new", 1.0, "known", 1.0), "new", List.of(.2), "known", STUCK);

        assertThat(spent.get("new")).isGreaterThan(1.3 * spent.get("known"));
    }

    @Test
    void theProspectTellsWhatWasSeen() {
        FamilyBandit.Prospect prospect = FamilyBandit.choose(List.of(arm("only", List.of(.25, .3, .2, .22, .19), 3)));

        assertThat(prospect.trials()).isEqualTo(4);
        assertThat(prospect.improved()).isEqualTo(2);
        assertThat(prospect.behind()).isZero();
        assertThat(prospect.gain()).isBetween(0.01, 0.2);
    }

    /** Seconds that two families have got after a while, if nothing new is learnt. */
    private static Map<String, Double> spent(
            Map<String, Double> cost, String one, List<Double> ofOne, String other, List<Double> ofOther) {
        Map<String, Double> spent = new TreeMap<>(cost);
        for (int i = 0; i < 2000; i++) {
            String family = FamilyBandit.choose(
                            List.of(arm(one, ofOne, spent.get(one)), arm(other, ofOther, spent.get(other))))
                    .family();
            spent.merge(family, cost.get(family), Double::sum);
        }
        return spent;
    }

    private static FamilyBandit.Arm arm(String family, List<Double> shortfalls, double seconds) {
        return new FamilyBandit.Arm(family, shortfalls, seconds);
    }
}
