package io.millrace.runtime.kafka;

import io.millrace.events.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics of the flow where they are missing; those that exist are left as they are. */
final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final String DEAD_LETTER_PREFIX = "dlq.";
    private static final String EVENT_PREFIX = "millrace.";
    /**
     * Topics that share groups work off. They have one partition: a share group hands a partition to as many workers as
     * there are, but where it has several it divides them among the workers, and all work of a run lies in one, so that
     * one worker toiled while the others had nothing (measured: half of two cores idle).
     */
    private static final Set<EventType> QUEUES = EnumSet.of(
            EventType.DATASET_SUBMITTED,
            EventType.RANGE_TEST_REQUESTED,
            EventType.TRIAL_REQUESTED,
            EventType.TRIAL_TRAINED,
            EventType.SEARCH_COMPLETED,
            EventType.ENSEMBLE_BUILT,
            EventType.PREDICTION_REQUESTED);

    private final Admin admin;
    private final int partitions;
    private final String retentionMillis;

    Topics(Admin admin, int partitions, Duration retention) {
        this.admin = admin;
        this.partitions = partitions;
        this.retentionMillis = Long.toString(retention.toMillis());
    }

    /** Topic of a group's dead letters; the prefix is what a broker allows for them unless it is told otherwise. */
    static String deadLettersOf(String group) {
        return DEAD_LETTER_PREFIX + group;
    }

    /** The event name in a topic's name: {@code millrace.trial.requested} is {@code trial.requested}. */
    static String eventOf(String topic) {
        return topic.startsWith(EVENT_PREFIX) ? topic.substring(EVENT_PREFIX.length()) : topic;
    }

    static boolean holdsDeadLetters(String topic) {
        return topic.startsWith(DEAD_LETTER_PREFIX);
    }

    /** The group whose dead letters a topic holds. */
    static String groupOf(String deadLetters) {
        return deadLetters.substring(DEAD_LETTER_PREFIX.length());
    }

    /** One topic per event type; the one of published models keeps the latest of every name. */
    void ensureEvents() {
        List<NewTopic> topics = new ArrayList<>();
        for (EventType type : EventType.values()) {
            NewTopic topic =
                    new NewTopic(type.topic(), Optional.of(QUEUES.contains(type) ? 1 : partitions), Optional.empty());
            topics.add(topic.configs(
                    type == EventType.MODEL_PUBLISHED
                            ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                            : Map.of(TopicConfig.RETENTION_MS_CONFIG, retentionMillis)));
        }
        ensure(topics);
    }

    void ensureDeadLetters(String group) {
        ensure(List.of(new NewTopic(deadLettersOf(group), Optional.of(1), Optional.empty())
                .configs(Map.of(
                        TopicConfig.ERRORS_DEADLETTERQUEUE_GROUP_ENABLE_CONFIG,
                        "true",
                        TopicConfig.RETENTION_MS_CONFIG,
                        retentionMillis))));
    }

    private void ensure(List<NewTopic> topics) {
        Map<String, KafkaFuture<Void>> created = admin.createTopics(topics).values();
        for (Map.Entry<String, KafkaFuture<Void>> topic : created.entrySet()) {
            try {
                Brokers.answer("creating topic " + topic.getKey(), topic.getValue());
            } catch (TopicExistsException e) {
                LOG.debug("topic {} is there already", topic.getKey());
            }
        }
    }
}
