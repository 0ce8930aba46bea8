package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancellableLeaseTest {
    private final CancellableLease lease = new CancellableLease(1);

    @Test
    void whoStopsIsCancelledAndKeepsTheLease() {
        assertThat(lease.cancelled()).isFalse();
        assertThat(lease.stopping()).isFalse();
        lease.stop();
        assertThat(lease.cancelled()).isTrue();
        assertThat(lease.stopping()).isTrue();
    }

    @Test
    void aLeaseThatIsLostIsNoneToLeaveAnythingUnderWheneverItIsLost() {
        lease.stop();
        lease.cancel();
        assertThat(lease.cancelled()).isTrue();
        assertThat(lease.stopping()).isFalse();

        CancellableLease lostFirst = new CancellableLease(1);
        lostFirst.cancel();
        lostFirst.stop();
        assertThat(lostFirst.stopping()).isFalse();
    }
}
