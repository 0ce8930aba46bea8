package io.millrace.e2e;

import io.millrace.e2e.Soak.Blow;
import io.millrace.e2e.Soak.Harm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Deals the blows of a pass one after another and counts them. Those to services go round: of each kind every service has had
 * one, in a seeded order, before any has another.
 */
final class Strikes {
    private static final long SEED = 7;

    private final Harm harm;
    private final BackEnds backEnds;
    private final ServiceProcesses services;
    private final Random random = new Random(SEED);
    private final Deque<Blow> due;
    private final Map<Blow, Deque<String>> turns = new EnumMap<>(Blow.class);
    private final Map<String, Integer> dealt = new TreeMap<>();
    private boolean begun;
    private long last;

    Strikes(Harm harm, BackEnds backEnds, ServiceProcesses services) {
        this.harm = harm;
        this.backEnds = backEnds;
        this.services = services;
        this.due = new ArrayDeque<>(harm.blows());
    }

    /** The first is due a while from now, unless this was said before. */
    void begin() {
        if (!begun) {
            begun = true;
            last = System.nanoTime();
        }
    }

    boolean areOver() {
        return due.isEmpty();
    }

    /** How often each was dealt: {@code KILL trainer}, {@code BROKER_RESTART}. */
    Map<String, Integer> dealt() {
        return Map.copyOf(dealt);
    }

    /** Deals the next if its time has come; a back end that is not ours is spared. */
    void dealWhatIsDue() throws InterruptedException {
        if (begun && !due.isEmpty() && System.nanoTime() - last > harm.every().toNanos()) {
            deal(due.remove());
            last = System.nanoTime();
        }
    }

    private void deal(Blow blow) throws InterruptedException {
        if (blow == Blow.KILL || blow == Blow.TERM) {
            String service = victim(blow);
            if (blow == Blow.KILL) {
                services.kill(service);
            } else {
                services.terminate(service);
            }
            count(blow + " " + service);
        } else if (backEnds.areOurs()) {
            hurt(blow);
            count(blow.name());
        }
    }

    private String victim(Blow blow) {
        Deque<String> left = turns.computeIfAbsent(blow, kind -> new ArrayDeque<>());
        if (left.isEmpty()) {
            List<String> round = new ArrayList<>(ServiceProcesses.mains().keySet());
            Collections.shuffle(round, random);
            left.addAll(round);
        }
        return left.remove();
    }

    private void hurt(Blow blow) throws InterruptedException {
        switch (blow) {
            case BROKER_RESTART -> backEnds.restartBroker();
            case BROKER_KILL -> backEnds.killBroker();
            case DATABASE_RESTART -> backEnds.restartDatabase();
            case STORE_AWAY -> backEnds.storeAway(harm.away());
            default -> throw new IllegalArgumentException(blow + " is no blow to a back end");
        }
    }

    private void count(String what) {
        dealt.merge(what, 1, Integer::sum);
    }
}
