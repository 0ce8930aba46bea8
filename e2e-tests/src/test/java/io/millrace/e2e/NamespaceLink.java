package io.millrace.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pair of virtual cards between two network namespaces, the one that this process runs in and the trainer's. Cutting it
 * takes this end down: the trainer's end has no carrier then, and what it sends is lost.
 *
 * @param port on which the broker listens
 * @param trainers namespace of the trainer
 */
record NamespaceLink(int port, String trainers) implements TrainerLink {
    private static final String BROKER_CARD = "broker";
    private static final String TRAINER_CARD = "trainer";
    private static final String BROKER_ADDRESS = "10.77.0.1";
    private static final String TRAINER_ADDRESS = "10.77.0.2";

    /** Whether this process may make namespaces and cards, which takes the rights of root and a kernel that has them. */
    static boolean possible() throws InterruptedException {
        String probe = "millrace-probe-" + ProcessHandle.current().pid();
        try {
            return ip("netns", "add", probe) && ip("-n", probe, "link", "add", BROKER_CARD, "type", "veth");
        } finally {
            remove(probe);
        }
    }

    /** Makes both namespaces, joined by the link and by nothing else to the world. */
    static void make(String brokers, String trainers) throws InterruptedException {
        check("netns", "add", brokers);
        check("netns", "add", trainers);
        check("-n", brokers, "link", "add", BROKER_CARD, "type", "veth", "peer", TRAINER_CARD, "netns", trainers);
        check("-n", brokers, "address", "add", BROKER_ADDRESS + "/30", "dev", BROKER_CARD);
        check("-n", trainers, "address", "add", TRAINER_ADDRESS + "/30", "dev", TRAINER_CARD);
        for (List<String> card : List.of(
                List.of(brokers, "lo"),
                List.of(brokers, BROKER_CARD),
                List.of(trainers, "lo"),
                List.of(trainers, TRAINER_CARD))) {
            check("-n", card.get(0), "link", "set", card.get(1), "up");
        }
    }

    /** Removes namespaces; the link goes with them. */
    static void remove(String... namespaces) throws InterruptedException {
        for (String namespace : namespaces) {
            ip("netns", "delete", namespace);
        }
    }

    /** Command that becomes a process in a namespace. */
    static List<String> launcher(String namespace) {
        return List.of("ip", "netns", "exec", namespace);
    }

    @Override
    public String entrance() {
        return BROKER_ADDRESS + ":" + port;
    }

    @Override
    public String target() {
        return entrance();
    }

    @Override
    public List<String> launcher() {
        return launcher(trainers);
    }

    /** Without them a client waits until TCP sends again, as long as the link was cut, or for its own half a minute. */
    @Override
    public Map<String, String> clients() {
        return Map.of(
                "MILLRACE_KAFKA_PROP_REQUEST_TIMEOUT_MS", "5000",
                "MILLRACE_KAFKA_PROP_SOCKET_CONNECTION_SETUP_TIMEOUT_MS", "2000",
                "MILLRACE_KAFKA_PROP_SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS", "2000");
    }

    @Override
    public void cut() throws InterruptedException {
        check("link", "set", BROKER_CARD, "down");
    }

    @Override
    public void mend() throws InterruptedException {
        check("link", "set", BROKER_CARD, "up");
    }

    private static void check(String... arguments) throws InterruptedException {
        if (!ip(arguments)) {
            throw new IllegalStateException("ip " + String.join(" ", arguments) + " failed");
        }
    }

    private static boolean ip(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing: whoever made the namespaces removes them. */
    @Override
    public void close() {}
}
