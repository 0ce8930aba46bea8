package io.millrace.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Memory of a run's process and of the database that it started, which is no child of it. Linux only. */
final class ResidentMemory {
    private final long process;
    private final Path temporary;
    private long processBytes;
    private long databaseBytes;

    /** @param temporary where the process makes its temporary folders; the database's files are in one of them */
    ResidentMemory(long process, Path temporary) {
        this.process = process;
        this.temporary = temporary;
    }

    void look() throws IOException {
        // The kernel keeps the peak of a process, so that none between two looks is missed.
        processBytes = Math.max(processBytes, bytes(process, "status", "VmHWM:"));
        long all = 0;
        for (long part : database()) {
            // A page that n processes share counts for each with its n-th part.
            all += bytes(part, "smaps_rollup", "Pss:");
        }
        databaseBytes = Math.max(databaseBytes, all);
    }

    /** The peak of the process and the highest sum seen of the database's processes. */
    long peakBytes() {
        return processBytes + databaseBytes;
    }

    private List<Long> database() throws IOException {
        try (Stream<Path> folders = Files.list(temporary)) {
            return folders.map(folder -> folder.resolve("postgres/cluster/postmaster.pid"))
                    .filter(Files::exists)
                    .flatMap(file -> first(file).stream())
                    .flatMap(server -> Stream.concat(
                            Stream.of(server),
                            ProcessHandle.of(server).stream()
                                    .flatMap(ProcessHandle::descendants)
                                    .map(ProcessHandle::pid)))
                    .toList();
        }
    }

    private static Optional<Long> first(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(l -> !l.isEmpty())
                    .map(Long::valueOf);
        } catch (IOException e) {
            return Optional.empty(); // it is being written or removed
        }
    }

    /** A value that the kernel tells in kB, in bytes; 0 of a process that has ended. */
    private static long bytes(long process, String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }
}
