package io.millrace.e2e;

import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.memory.Transport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Delivers every record twice and none in its turn: each is held back for a while, and once more until its second delivery,
 * which often comes when its work is long done. That is less order than any bus promises.
 */
final class DisorderedTransport implements Transport, AutoCloseable {
    private static final int MOST_HELD_MILLIS = 300;
    private static final int MOST_LATE_MILLIS = 2_000;

    private final Random random;
    private final ScheduledExecutorService carrier = Executors.newSingleThreadScheduledExecutor();
    /** One party for each record under way, and one for this. */
    private final Phaser underWay = new Phaser(1);

    private final List<WireEvent> carried = new ArrayList<>();

    DisorderedTransport(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public synchronized void carry(List<WireEvent> published, Consumer<List<WireEvent>> log) {
        for (WireEvent record : published) {
            int held = random.nextInt(MOST_HELD_MILLIS);
            deliver(record, held, log);
            deliver(record, held + random.nextInt(MOST_LATE_MILLIS), log);
            carried.add(record);
        }
    }

    private void deliver(WireEvent record, int afterMillis, Consumer<List<WireEvent>> log) {
        underWay.register();
        carrier.schedule(
                () -> {
                    log.accept(List.of(record));
                    underWay.arriveAndDeregister();
                },
                afterMillis,
                TimeUnit.MILLISECONDS);
    }

    /** The ids of the events in the order in which they were first published. */
    synchronized List<String> published() {
        return carried.stream()
                .map(record -> record.headers().get("ce_id"))
                .distinct()
                .toList();
    }

    /** Every record that was ever published, shuffled. */
    synchronized List<WireEvent> everythingAgain() {
        List<WireEvent> again = new ArrayList<>(carried);
        Collections.shuffle(again, random);
        return again;
    }

    /** Waits until nothing is held back. */
    void awaitDelivery() {
        underWay.arriveAndAwaitAdvance();
    }

    @Override
    public void close() {
        carrier.shutdownNow();
    }
}
