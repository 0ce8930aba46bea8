package io.millrace.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders for temporary files, one per process and service, named {@code SERVICE.PID}. */
public final class Scratch implements AutoCloseable {
    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** Makes an empty folder and removes those of processes that are gone. */
    public static Scratch open(Path base, String service) {
        try {
            Files.createDirectories(base);
            long self = ProcessHandle.current().pid();
            try (Stream<Path> siblings = Files.list(base)) {
                for (Path sibling : siblings.toList()) {
                    if (isAbandoned(sibling.getFileName().toString(), service, self)) {
                        remove(sibling);
                    }
                }
            }
            return new Scratch(Files.createDirectories(base.resolve(service + "." + self)));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the scratch folder " + base + " cannot be used; set MILLRACE_SCRATCH to one that is writable", e);
        }
    }

    private static boolean isAbandoned(String name, String service, long self) {
        String prefix = service + ".";
        if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("\\d{1,18}")) {
            return false;
        }
        long pid = Long.parseLong(name.substring(prefix.length()));
        return pid == self || ProcessHandle.of(pid).isEmpty();
    }

    private static void remove(Path root) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(root)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        try {
            remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the scratch folder " + folder + " cannot be removed", e);
        }
    }
}
