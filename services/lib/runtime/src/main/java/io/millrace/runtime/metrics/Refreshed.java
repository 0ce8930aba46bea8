package io.millrace.runtime.metrics;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reading that may take long, for a gauge that must not: a scrape gets the reading that the scrape before asked for and
 * asks for the next. So it is one scrape old, costs nothing where nobody scrapes, and a back end that hangs holds up no
 * scrape. Empty before the first reading and after one that failed, for an old number would look like a fresh one.
 *
 * @param <T> what is read
 */
public final class Refreshed<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Refreshed.class);

    private final String what;
    private final Supplier<T> reading;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile Optional<T> last = Optional.empty();

    /** @param what names the reading in the log and its thread */
    public Refreshed(String what, Supplier<T> reading) {
        this.what = what;
        this.reading = reading;
    }

    /** The last reading; begins the next one unless it is under way. */
    public Optional<T> get() {
        if (underWay.compareAndSet(false, true)) {
            Thread thread = new Thread(this::read, "reading-" + what);
            thread.setDaemon(true);
            thread.start();
        }
        return last;
    }

    private void read() {
        try {
            last = Optional.of(reading.get());
        } catch (RuntimeException e) {
            last = Optional.empty();
            LOG.warn("the {} could not be read for /metrics: {}", what, e.toString());
        } finally {
            underWay.set(false);
        }
    }
}
