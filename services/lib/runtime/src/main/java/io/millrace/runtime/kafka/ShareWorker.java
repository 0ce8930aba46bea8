package io.millrace.runtime.kafka;

import io.millrace.events.Event;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.work.CancellableLease;
import io.millrace.runtime.work.DeliveryCounts;
import io.millrace.runtime.work.Disposition;
import io.millrace.runtime.work.Job;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot of a share group. Its poll thread owns the client and keeps the lease; the handler runs on a thread of its
 * own. While it runs, the poll thread renews the lease at a third of the lock and waits for the handler in between.
 */
final class ShareWorker {
    private static final Logger LOG = LoggerFactory.getLogger(ShareWorker.class);
    private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(1);
    private static final long RENEWALS_PER_LOCK = 3;

    private final KafkaShareConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Job<?> job;
    private final DeliveryCounts counts;
    private final Duration lock;
    private final Duration drain;
    private final Duration leave;
    private final RenewableLock renewal;
    private final ExecutorService handlers;
    private final PollThread thread;
    private volatile CancellableLease lease;
    private volatile long drainUntil;

    ShareWorker(
            String name,
            KafkaShareConsumer<byte[], byte[]> consumer,
            String topic,
            Job<?> job,
            DeliveryCounts counts,
            KafkaConfig config) {
        this.consumer = consumer;
        this.topic = topic;
        this.job = job;
        this.counts = counts;
        this.lock = config.lock();
        this.drain = config.drain();
        this.leave = config.leave();
        this.renewal = new RenewableLock(consumer, lock);
        this.handlers = Executors.newSingleThreadExecutor(run -> {
            Thread handler = new Thread(run, name + "-handler");
            handler.setDaemon(true);
            return handler;
        });
        this.thread = new PollThread(name + "-poll", this::loop, this::wakeIdle);
    }

    void start() {
        thread.start();
    }

    /** The deadline begins with the first call. */
    synchronized void stop() {
        if (!thread.isStopped()) {
            drainUntil = System.nanoTime() + drain.toNanos();
        }
        thread.stop();
        CancellableLease held = lease;
        if (held != null) {
            held.stop();
        }
    }

    /** A handler that still runs needs its lease: a wake-up would break the renewal. Without one only a poll can be under way. */
    private void wakeIdle() {
        if (lease == null) {
            consumer.wakeup();
        }
    }

    void await() {
        if (!thread.awaitEnd(drain.plus(leave).plus(lock.dividedBy(RENEWALS_PER_LOCK)))) {
            LOG.error("a worker on {} did not end in time; its record comes free when the lock expires", topic);
        }
    }

    private void loop() {
        try {
            consumer.subscribe(List.of(topic));
            while (!thread.isStopped()) {
                pollOnce();
            }
        } finally {
            handlers.shutdownNow();
            leave();
        }
    }

    private void pollOnce() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PollThread.POLL)) {
                work(record);
            }
        } catch (WakeupException e) {
            LOG.debug("a worker on {} ends", topic);
        } catch (KafkaException | IllegalStateException e) {
            LOG.warn("a worker on {} could not take a record and tries again: {}", topic, e.toString());
            thread.pause(PAUSE_AFTER_ERROR);
        }
    }

    private void work(ConsumerRecord<byte[], byte[]> record) {
        Envelope<? extends Event> event;
        try {
            event = CloudEvents.decode(WireRecords.fromKafka(record));
        } catch (DecodingException e) {
            LOG.error("{} goes to the dead letters: {}", WireRecords.place(record), e.getMessage());
            settle(record, Disposition.REJECT);
            return;
        }
        CancellableLease held =
                new CancellableLease(record.deliveryCount().map(Short::intValue).orElse(1));
        lease = held;
        if (thread.isStopped()) {
            // It came while this worker was told to end, and the wake-up may still be due: another one takes it.
            settle(record, Disposition.RELEASE);
        } else {
            hold(record, held, handlers.submit(() -> job.run(event, held)));
        }
        lease = null;
    }

    /** Keeps the lease until the handler has ended, and longer than the lease where it was lost: one slot, one handler. */
    private void hold(ConsumerRecord<byte[], byte[]> record, CancellableLease held, Future<Disposition> running) {
        Optional<ConsumerRecord<byte[], byte[]>> ours = Optional.of(record);
        long wait = lock.dividedBy(RENEWALS_PER_LOCK).toNanos();
        while (true) {
            Optional<Disposition> done = await(running, wait);
            if (done.isPresent()) {
                ours.ifPresent(r -> settle(r, done.get()));
                return;
            }
            if (thread.isStopped() && System.nanoTime() - drainUntil >= 0) {
                running.cancel(true);
                ours.ifPresent(r -> giveBack(r, held));
                return;
            }
            if (ours.isPresent()) {
                ours = renewal.renew(ours.get());
                if (ours.isPresent()) {
                    counts.renewed();
                } else {
                    counts.lost();
                    LOG.warn("the lease on {} is lost; another worker may have the record", WireRecords.place(record));
                    held.cancel();
                }
            }
        }
    }

    private void giveBack(ConsumerRecord<byte[], byte[]> record, CancellableLease held) {
        try {
            held.giveBack();
        } catch (RuntimeException e) {
            LOG.warn("the try on {} that did not end in time counts: {}", WireRecords.place(record), e.toString());
        }
        settle(record, Disposition.RELEASE);
    }

    private static Optional<Disposition> await(Future<Disposition> running, long nanos) {
        try {
            return Optional.of(running.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            // Only an Error gets here: a job turns every exception into a disposition.
            LOG.error("a handler broke", e.getCause());
            return Optional.of(Disposition.RELEASE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(Disposition.RELEASE);
        }
    }

    /** Notes the outcome; it travels with the next poll or with the close. */
    private void settle(ConsumerRecord<byte[], byte[]> record, Disposition disposition) {
        AcknowledgeType type =
                switch (disposition) {
                    case ACCEPT -> AcknowledgeType.ACCEPT;
                    case RELEASE -> AcknowledgeType.RELEASE;
                    case REJECT -> AcknowledgeType.REJECT;
                };
        if (disposition == Disposition.REJECT) {
            counts.deadLetter();
        }
        consumer.acknowledge(record, type);
    }

    private void leave() {
        if (leave.isZero()) {
            return;
        }
        try {
            consumer.close(leave);
        } catch (KafkaException e) {
            LOG.warn("a worker on {} could not leave its group in order: {}", topic, e.toString());
        }
    }
}
