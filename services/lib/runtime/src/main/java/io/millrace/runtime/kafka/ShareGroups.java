package io.millrace.runtime.kafka;

import io.millrace.runtime.work.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Settings and members of share groups. */
final class ShareGroups {
    private static final String OFFSET_RESET = "share.auto.offset.reset";
    private static final String EARLIEST = "earliest";
    /** A broker hears of a setting within a moment of the controller; one that does not is cut off from it. */
    private static final Duration HEARD = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Admin admin;
    private final KafkaConfig config;

    ShareGroups(Admin admin, KafkaConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /**
     * Sets what a group needs before its first member joins: by default it would miss everything sent until then. The controller
     * has taken a setting before the brokers hear of it, and a group that is begun in between is begun without; so the
     * broker that answers must know it.
     */
    void configure(String group) {
        List<AlterConfigOp> settings = List.of(
                set(OFFSET_RESET, EARLIEST),
                set("share.record.lock.duration.ms", Long.toString(config.lock().toMillis())),
                set("share.delivery.count.limit", Integer.toString(Job.MOST_DELIVERIES)),
                set("errors.deadletterqueue.topic.name", Topics.deadLettersOf(group)),
                set("errors.deadletterqueue.copy.record.enable", "true"));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Brokers.answer(
                "configuring share group " + group,
                admin.incrementalAlterConfigs(Map.of(resource, settings)).all());
        awaitBroker(resource);
    }

    private void awaitBroker(ConfigResource group) {
        String doing = "waiting for the settings of share group " + group.name();
        Instant deadline = Instant.now().plus(HEARD);
        while (!EARLIEST.equals(offsetReset(group, doing))) {
            if (Instant.now().isAfter(deadline)) {
                throw Brokers.unavailable(doing, new TimeoutException("the broker does not hear of them"));
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Brokers.unavailable(doing, e);
            }
        }
    }

    private String offsetReset(ConfigResource group, String doing) {
        ConfigEntry entry = Brokers.answer(
                        doing, admin.describeConfigs(List.of(group)).values().get(group))
                .get(OFFSET_RESET);
        return entry == null ? "" : entry.value();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** Whether all these clients are members of a group and have partitions to take from. */
    boolean areAssigned(String group, Set<String> clientIds) {
        ShareGroupDescription description = Brokers.answer(
                "describing share group " + group,
                admin.describeShareGroups(List.of(group)).describedGroups().get(group));
        Set<String> assigned = description.members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(member -> member.clientId())
                .collect(Collectors.toSet());
        return assigned.containsAll(clientIds);
    }
}
