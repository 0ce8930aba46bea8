package io.millrace.runtime.kafka;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventBus;
import io.millrace.runtime.EventFollower;
import io.millrace.runtime.EventHandler;
import io.millrace.runtime.FailureEvents;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.trace.Tracer;
import io.millrace.runtime.work.DeliveryCounts;
import io.millrace.runtime.work.EventMetrics;
import io.millrace.runtime.work.Job;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The bus on a Kafka cluster, 4.4 or later. Makes the topics it needs when it opens. */
public final class KafkaEventBus implements EventBus {
    private final KafkaConfig config;
    private final Clock clock;
    private final EventMetrics metrics;
    private final Tracer tracer;
    private final Clients clients;
    private final Admin admin;
    private final Publisher publisher;
    private final Topics topics;
    private final ShareGroups groups;
    private final SilentBurials burials;
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    private KafkaEventBus(KafkaConfig config, Clock clock, EventMetrics metrics, Tracer tracer) {
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
        this.tracer = tracer;
        this.clients = new Clients(config);
        this.admin = clients.admin();
        this.publisher = new Publisher(clients.producer());
        this.topics = new Topics(admin, config.partitions(), config.retention());
        this.groups = new ShareGroups(admin, config);
        this.burials = new SilentBurials(admin, clients::watcher, metrics);
    }

    /** Connects and makes missing topics; throws RETRYABLE when the cluster does not answer. */
    public static KafkaEventBus open(KafkaConfig config, Clock clock, EventMetrics metrics) {
        return open(config, clock, metrics, Tracer.OFF);
    }

    /** The same with spans of what is handled. */
    public static KafkaEventBus open(KafkaConfig config, Clock clock, EventMetrics metrics, Tracer tracer) {
        KafkaEventBus bus = new KafkaEventBus(config, clock, metrics, tracer);
        try {
            bus.topics.ensureEvents();
            bus.burials.start();
            return bus;
        } catch (RuntimeException e) {
            bus.close();
            throw e;
        }
    }

    @Override
    public void publish(List<Envelope<? extends Event>> events) {
        publisher.send(events.stream()
                .map(event -> WireRecords.toKafka(CloudEvents.encode(event)))
                .toList());
    }

    @Override
    public <E extends Event> Subscription work(
            String group, Class<E> type, int slots, EventHandler<E> handler, FailureEvents<E> onFailure) {
        EventType eventType = CloudEvents.typeOf(type);
        topics.ensureDeadLetters(group);
        groups.configure(group);
        Job<E> job = new Job<>(group, type, handler, onFailure, config.retries(), this::publish, clock, tracer);
        DeliveryCounts counts = metrics.deliveries(group, eventType.eventName());
        burials.watch(group, eventType, job);
        List<ShareWorker> workers = new ArrayList<>();
        Set<String> clientIds = new LinkedHashSet<>();
        for (int slot = 0; slot < slots; slot++) {
            String name = group + "-" + slot;
            String clientId = name + "-" + UUID.randomUUID();
            clientIds.add(clientId);
            workers.add(new ShareWorker(name, clients.worker(group, clientId), eventType.topic(), job, counts, config));
        }
        return kept(new ShareSubscription(workers, clientIds, ids -> groups.areAssigned(group, ids)));
    }

    /** How much waits for whom in the whole cluster. */
    public Backlog backlog() {
        return new Backlog(admin);
    }

    @Override
    public Subscription follow(
            String group, Set<EventType> types, EventFollower follower, FailureEvents<Event> onFailure) {
        topics.ensureDeadLetters(group);
        Job<Event> job = Job.following(group, follower, onFailure, config.retries(), this::publish, clock, tracer);
        return kept(new GroupMember(
                group,
                clients.follower(group),
                topicsOf(types),
                new FollowEvents(job, new DeadLetters(publisher, group, metrics), config.retries()),
                config.leave()));
    }

    @Override
    public Subscription watch(Set<EventType> types, EventFollower follower) {
        return kept(new WatchSubscription(clients.watcher(), topicsOf(types), follower, config.leave()));
    }

    @Override
    public void read(Set<EventType> types, Consumer<Envelope<? extends Event>> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = clients.reader()) {
            Map<TopicPartition, Long> beginnings = topicsOf(types).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .collect(Collectors.toMap(p -> new TopicPartition(p.topic(), p.partition()), p -> 0L));
            new TopicReader(consumer).read(beginnings, record -> CloudEvents.ifDecodable(WireRecords.fromKafka(record))
                    .ifPresent(reader));
        } catch (KafkaException e) {
            throw Brokers.unavailable("reading the topics", e);
        }
    }

    private static List<String> topicsOf(Set<EventType> types) {
        return types.stream().map(EventType::topic).sorted().toList();
    }

    private Subscription kept(Subscription subscription) {
        subscriptions.add(subscription);
        return subscription;
    }

    @Override
    public void close() {
        Subscription.closeAll(subscriptions);
        burials.close();
        publisher.close();
        admin.close();
    }
}
