package io.millrace.embedded;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.config.ConfigResource;

/**
 * How often the members of groups say that they are there. While they join often, as each step of that waits for the
 * next time; afterwards seldom, because a dozen idle members took a twentieth of a core to say it.
 */
final class Heartbeats {
    /** A third of the session timeout. */
    private static final String SELDOM_MS = "2000";

    private static final Map<GroupType, String> SETTING = Map.of(
            GroupType.SHARE, "share.heartbeat.interval.ms", GroupType.CONSUMER, "consumer.heartbeat.interval.ms");

    private Heartbeats() {}

    /** For the groups that there are now, until {@link #often}. */
    static void seldom(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (GroupListing group : admin.listGroups().all().get()) {
                group.type()
                        .map(SETTING::get)
                        .ifPresent(setting -> changes.put(
                                new ConfigResource(ConfigResource.Type.GROUP, group.groupId()),
                                List.of(new AlterConfigOp(new ConfigEntry(setting, SELDOM_MS), OpType.SET))));
            }
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    /** For all groups, as the broker's own settings have it. */
    static void often(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<AlterConfigOp> back = SETTING.values().stream()
                    .map(setting -> new AlterConfigOp(new ConfigEntry(setting, ""), OpType.DELETE))
                    .toList();
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (ConfigResource group : admin.listConfigResources(
                            Set.of(ConfigResource.Type.GROUP), new ListConfigResourcesOptions())
                    .all()
                    .get()) {
                changes.put(group, back);
            }
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }
}
