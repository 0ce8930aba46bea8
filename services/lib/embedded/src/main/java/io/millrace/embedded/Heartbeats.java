package io.millrace.embedded;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
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
    /** Heartbeats that a member may miss before it is missed itself. */
    private static final int PER_SESSION = 3;

    private static final String INTERVAL = ".heartbeat.interval.ms";
    private static final String SESSION = ".session.timeout.ms";
    /** What the settings of a kind of group begin with. */
    private static final Map<GroupType, String> KINDS =
            Map.of(GroupType.SHARE, "share", GroupType.CONSUMER, "consumer");

    private Heartbeats() {}

    /** For the groups that there are now, until {@link #often}. */
    static void seldom(String bootstrapServers, Duration interval) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (GroupListing group : admin.listGroups().all().get()) {
                group.type()
                        .map(KINDS::get)
                        .ifPresent(kind -> changes.put(
                                new ConfigResource(ConfigResource.Type.GROUP, group.groupId()),
                                List.of(
                                        set(kind + INTERVAL, interval),
                                        set(kind + SESSION, interval.multipliedBy(PER_SESSION)))));
            }
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static AlterConfigOp set(String setting, Duration to) {
        return new AlterConfigOp(new ConfigEntry(setting, Long.toString(to.toMillis())), OpType.SET);
    }

    /** For all groups, as the broker's own settings have it. */
    static void often(String bootstrapServers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<AlterConfigOp> back = KINDS.values().stream()
                    .flatMap(kind -> Stream.of(kind + INTERVAL, kind + SESSION))
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
