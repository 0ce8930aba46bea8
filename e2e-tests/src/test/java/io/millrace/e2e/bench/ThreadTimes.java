package io.millrace.e2e.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much processor time the threads of a process had used at a moment, those that had ended before included. Linux only.
 *
 * @param at when it was read
 * @param threads by number
 */
record ThreadTimes(Instant at, Map<String, Used> threads) {
    /** Linux tells processor times in hundredths of a second, whatever the kernel's own clock. */
    private static final double TICKS_PER_SECOND = 100;

    /** From this field of {@code stat} on, behind the name: user time, then system time. */
    private static final int USER_TIME = 11;

    static final ThreadTimes NONE = new ThreadTimes(Instant.EPOCH, Map.of());

    /**
     * One thread's.
     *
     * @param name at most 15 characters of it
     */
    record Used(String name, double seconds) {}

    /** What the threads have used by now; those of an earlier look that are gone are as they were then. */
    static ThreadTimes of(long process, ThreadTimes earlier) {
        Map<String, Used> threads = new HashMap<>(earlier.threads);
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(process), "task"))) {
            for (Path task : tasks) {
                threads.put(task.getFileName().toString(), used(Files.readString(task.resolve("stat"))));
            }
        } catch (IOException e) {
            // A thread, or the process, ended meanwhile: what was seen of it stands.
            return new ThreadTimes(Instant.now(), threads);
        }
        return new ThreadTimes(Instant.now(), threads);
    }

    private static Used used(String stat) {
        int end = stat.lastIndexOf(')');
        String[] fields = stat.substring(end + 2).split(" ");
        return new Used(
                stat.substring(stat.indexOf('(') + 1, end),
                (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1])) / TICKS_PER_SECOND);
    }

    /** Seconds of processor time since then, by the name of the threads without the number at its end. */
    Map<String, Double> since(ThreadTimes then) {
        Map<String, Double> seconds = new TreeMap<>();
        threads.forEach((number, used) -> {
            double before = then.threads.getOrDefault(number, new Used(used.name, 0)).seconds;
            seconds.merge(used.name.replaceAll("[-#0-9 ]+$", ""), used.seconds - before, Double::sum);
        });
        return seconds;
    }
}
