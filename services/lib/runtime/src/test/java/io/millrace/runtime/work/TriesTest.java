package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TriesTest {
    private final Exception fault = new IllegalArgumentException("no such family");
    private final Exception outage = new IOException("away");

    private final Tries tries = new Tries(3);

    @Test
    void theyAreUsedUpByFaultsAndNotByOutages() {
        assertThat(tries.usedUp("a", fault)).isFalse();
        for (int i = 0; i < 10; i++) {
            assertThat(tries.usedUp("a", outage)).isFalse();
        }
        assertThat(tries.usedUp("a", fault)).isFalse();
        assertThat(tries.usedUp("a", outage)).isFalse();
        assertThat(tries.usedUp("a", fault)).isTrue();
        assertThat(tries.usedUp("a", fault)).as("counted anew").isFalse();
    }

    @Test
    void eachHasItsOwnAndSuccessGivesThemBack() {
        tries.usedUp("a", fault);
        tries.usedUp("a", fault);
        assertThat(tries.usedUp("b", fault)).isFalse();
        tries.succeeded("a");
        assertThat(tries.usedUp("a", fault)).isFalse();
    }
}
