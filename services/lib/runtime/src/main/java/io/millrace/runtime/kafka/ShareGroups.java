package io.millrace.runtime.kafka;

import io.millrace.runtime.work.Job;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.config.ConfigResource;

/** Settings and members of share groups. */
final class ShareGroups {
    private final Admin admin;
    private final KafkaConfig config;

    ShareGroups(Admin admin, KafkaConfig config) {
        this.admin = admin;
        this.config = config;
    }

    /** Sets what a group needs before its first member joins: by default it would miss everything sent until then. */
    void configure(String group) {
        List<AlterConfigOp> settings = List.of(
                set("share.auto.offset.reset", "earliest"),
                set("share.record.lock.duration.ms", Long.toString(config.lock().toMillis())),
                set("share.delivery.count.limit", Integer.toString(Job.MOST_DELIVERIES)),
                set("errors.deadletterqueue.topic.name", Topics.deadLettersOf(group)),
                set("errors.deadletterqueue.copy.record.enable", "true"));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Brokers.answer(
                "configuring share group " + group,
                admin.incrementalAlterConfigs(Map.of(resource, settings)).all());
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
