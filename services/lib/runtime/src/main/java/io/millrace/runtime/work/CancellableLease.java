package io.millrace.runtime.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A lease that ends when somebody cancels it. */
public final class CancellableLease implements Lease {
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final int delivery;
    private volatile Runnable onGivenBack = () -> {};
    private volatile boolean stopping;
    private volatile boolean lost;

    public CancellableLease(int delivery) {
        this.delivery = delivery;
    }

    /** It is lost. */
    public void cancel() {
        lost = true;
        cancelled.countDown();
    }

    /** The service stops; the lease is kept until the handler ends or the drain is over. */
    public void stop() {
        stopping = true;
        cancelled.countDown();
    }

    /** Does what was asked for where the record is given back before the handler has ended. */
    public void giveBack() {
        onGivenBack.run();
    }

    @Override
    public void onGivenBack(Runnable action) {
        onGivenBack = action;
    }

    @Override
    public boolean cancelled() {
        return cancelled.getCount() == 0;
    }

    @Override
    public boolean stopping() {
        return stopping && !lost;
    }

    @Override
    public int delivery() {
        return delivery;
    }

    @Override
    public void pause(Duration length) {
        try {
            if (cancelled.await(length.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
