package io.millrace.runtime.kafka;

import io.millrace.runtime.metrics.QueueLag;
import io.millrace.runtime.work.Job;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/** How many records wait for the groups of the flow, those in flight included. */
public final class Backlog {
    private static final String GROUPS = "millrace-";

    private final Admin admin;

    Backlog(Admin admin) {
        this.admin = admin;
    }

    /** Asks the brokers. A queue that its group has not begun to take from has no lag yet and is left out. */
    public Map<QueueLag, Long> read() {
        Map<GroupType, List<String>> groups = Brokers.answer(
                        "listing groups", admin.listGroups().all())
                .stream()
                .filter(group ->
                        group.groupId().startsWith(GROUPS) && group.type().isPresent())
                .collect(Collectors.groupingBy(
                        group -> group.type().orElseThrow(),
                        Collectors.mapping(GroupListing::groupId, Collectors.toList())));
        Map<QueueLag, Long> lags = new HashMap<>();
        addShares(groups.getOrDefault(GroupType.SHARE, List.of()), lags);
        addConsumers(groups.getOrDefault(GroupType.CONSUMER, List.of()), lags);
        addConsumers(groups.getOrDefault(GroupType.CLASSIC, List.of()), lags);
        return lags;
    }

    private void addShares(List<String> groups, Map<QueueLag, Long> lags) {
        if (!groups.isEmpty()) {
            Brokers.answer(
                            "reading offsets of share groups",
                            admin.listShareGroupOffsets(groups.stream()
                                            .collect(Collectors.toMap(
                                                    Function.identity(), group -> new ListShareGroupOffsetsSpec())))
                                    .all())
                    .forEach((group, partitions) -> partitions.forEach((partition, offset) -> {
                        // Null where no partition state was written yet.
                        if (offset != null) {
                            offset.lag().ifPresent(lag -> add(lags, group, partition, lag));
                        }
                    }));
        }
    }

    private void addConsumers(List<String> groups, Map<QueueLag, Long> lags) {
        if (groups.isEmpty()) {
            return;
        }
        Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = Brokers.answer(
                "reading offsets of consumer groups",
                admin.listConsumerGroupOffsets(groups.stream()
                                .collect(Collectors.toMap(
                                        Function.identity(), group -> new ListConsumerGroupOffsetsSpec())))
                        .all());
        Map<TopicPartition, ListOffsetsResultInfo> ends = Brokers.answer(
                "reading ends of topics",
                admin.listOffsets(committed.values().stream()
                                .flatMap(offsets -> offsets.keySet().stream())
                                .distinct()
                                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())))
                        .all());
        committed.forEach((group, offsets) -> offsets.forEach((partition, offset) -> {
            if (offset != null) {
                add(lags, group, partition, Math.max(0, ends.get(partition).offset() - offset.offset()));
            }
        }));
    }

    private static void add(Map<QueueLag, Long> lags, String group, TopicPartition partition, long lag) {
        lags.merge(new QueueLag(Job.serviceOf(group), Topics.eventOf(partition.topic())), lag, Long::sum);
    }
}
