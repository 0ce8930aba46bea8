package io.millrace.runtime.memory;

import java.util.ArrayList;
import java.util.List;

/** Daemon threads of a subscription. */
final class Threads {
    private static final long PATIENCE_MILLIS = 10_000;

    private final List<Thread> threads = new ArrayList<>();

    private Threads() {}

    /** What a thread does until it is told to stop. */
    interface Loop {
        void run() throws InterruptedException;
    }

    static Threads start(String name, int count, Loop loop) {
        Threads started = new Threads();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> uninterrupted(loop), name + "-" + i);
            thread.setDaemon(true);
            started.threads.add(thread);
            thread.start();
        }
        return started;
    }

    private static void uninterrupted(Loop loop) {
        try {
            loop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for all of them to end; interrupts those that do not. */
    void join() {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        for (Thread thread : threads) {
            try {
                thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (thread.isAlive()) {
                thread.interrupt();
            }
        }
    }
}
