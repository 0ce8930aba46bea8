package io.millrace.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of a broker that is alone, local and small. */
final class BrokerSettings {
    static final int NODE = 1;
    static final String CONTROLLER = "CONTROLLER";

    private BrokerSettings() {}

    static Properties of(Path logs, int port, int controllerPort) {
        Properties p = new Properties();
        p.put("process.roles", "broker,controller");
        p.put("node.id", Integer.toString(NODE));
        p.put("log.dirs", logs.toString());
        p.put("listeners", "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        p.put("controller.listener.names", CONTROLLER);
        p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        p.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        p.put("auto.create.topics.enable", "false");
        p.put("num.partitions", "4");
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("background.threads", "2");
        p.put("group.coordinator.threads", "1");
        // A record every half second tells other nodes that the controller lives; here are none.
        p.put("metadata.max.idle.interval.ms", "0");
        // The broker's own close waits this long for a controller that closes with it.
        p.put("controlled.shutdown.enable", "false");
        // A restarted broker waits for the session of its former self to end, which by default takes nine seconds: a
        // controller takes the last registration that was not fenced for alive. A broker that is starved for three
        // seconds
        // is fenced, and back with its next heartbeat; nothing is lost by that, clients wait and try again.
        p.put("broker.heartbeat.interval.ms", "500");
        p.put("broker.session.timeout.ms", "3000");
        p.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        internalTopics(p);
        groups(p);
        return p;
    }

    /** One broker can hold one replica, and one partition is enough for one machine's groups. */
    private static void internalTopics(Properties p) {
        p.put("default.replication.factor", "1");
        p.put("min.insync.replicas", "1");
        p.put("offsets.topic.replication.factor", "1");
        p.put("offsets.topic.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", "1");
        p.put("transaction.state.log.min.isr", "1");
        p.put("transaction.state.log.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", "1");
        p.put("share.coordinator.state.topic.min.isr", "1");
        p.put("share.coordinator.state.topic.num.partitions", "1");
        // What the coordinators gain by gathering writes they lose in latency, and here nobody else writes.
        p.put("group.coordinator.append.linger.ms", "0");
        p.put("share.coordinator.append.linger.ms", "0");
    }

    /**
     * Members join and are missed within seconds. A share group's partitions are handed out only after its heartbeat,
     * its assignment and its initialisation have each come round, so that their intervals add up.
     */
    private static void groups(Properties p) {
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("group.consumer.min.heartbeat.interval.ms", "200");
        p.put("group.consumer.heartbeat.interval.ms", "300");
        p.put("group.consumer.min.session.timeout.ms", "1000");
        p.put("group.consumer.session.timeout.ms", "6000");
        p.put("group.consumer.min.assignment.interval.ms", "0");
        p.put("group.consumer.assignment.interval.ms", "0");
        p.put("group.share.min.heartbeat.interval.ms", "200");
        p.put("group.share.heartbeat.interval.ms", "300");
        p.put("group.share.min.session.timeout.ms", "1000");
        p.put("group.share.session.timeout.ms", "6000");
        p.put("group.share.min.assignment.interval.ms", "0");
        p.put("group.share.assignment.interval.ms", "0");
        p.put("group.share.initialize.retry.interval.ms", "300");
        p.put("group.share.min.record.lock.duration.ms", "1000");
        p.put("group.share.max.share.sessions", "2000");
    }
}
