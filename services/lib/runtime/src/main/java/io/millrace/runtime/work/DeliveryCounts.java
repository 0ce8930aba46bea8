package io.millrace.runtime.work;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/** Counts what happens to the records of one kind of work, beside their handling. */
public final class DeliveryCounts {
    private final CounterDataPoint renewed;
    private final CounterDataPoint lost;
    private final CounterDataPoint deadLetters;

    DeliveryCounts(CounterDataPoint renewed, CounterDataPoint lost, CounterDataPoint deadLetters) {
        this.renewed = renewed;
        this.lost = lost;
        this.deadLetters = deadLetters;
    }

    /** A lease was renewed. */
    public void renewed() {
        renewed.inc();
    }

    /** A lease could not be renewed. */
    public void lost() {
        lost.inc();
    }

    /** A record went to the dead letters. */
    public void deadLetter() {
        deadLetters.inc();
    }
}
