package io.millrace.runtime.kafka;

import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.RawRecordSource;
import io.millrace.runtime.Subscription;
import io.millrace.runtime.work.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Raw records from Kafka: one consumer on one thread per subscription. */
public final class KafkaRawRecordSource implements RawRecordSource {
    /** A handler may assemble gigabytes before it returns; until then the broker must not think that it is gone. */
    private static final int LONGEST_HANDLING_MS = 30 * 60 * 1000;

    private final Map<String, Object> client;
    private final int partitions;
    private final String retentionMillis;
    private final Duration leave;
    private final RetryPolicy retries;

    /** @param config the cluster; a topic that is missing gets the partitions and the retention that it says */
    public KafkaRawRecordSource(KafkaConfig config) {
        Map<String, Object> properties = new HashMap<>(config.properties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        this.client = Map.copyOf(properties);
        this.partitions = config.partitions();
        this.retentionMillis = Long.toString(config.retention().toMillis());
        this.leave = config.leave();
        this.retries = config.retries();
    }

    @Override
    public Subscription subscribe(String topic, String group, Handler handler) {
        create(topic);
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Committed after each poll: a record that took long is not taken again because the next one did not end.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LONGEST_HANDLING_MS);
        return new GroupMember(
                "raw-" + topic,
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                List.of(topic),
                new TakeRawRecords(handler, retries),
                leave);
    }

    private void create(String topic) {
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())
                            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, retentionMillis))))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unreachable(topic, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(topic, e);
        }
    }

    private static EventHandlingException unreachable(String topic, Throwable cause) {
        return new EventHandlingException(
                EventHandlingException.Kind.RETRYABLE,
                "the topic " + topic + " cannot be created: " + cause.getMessage()
                        + "; check that Kafka is reachable and that this client may create topics",
                cause);
    }
}
