package io.millrace.e2e;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of our processes as the JVM keeps them in memory, written down once after a build by a small run, as the
 * launcher does for users: to read them from 300 jars again was a third of what it took to start a process, and a whole test
 * run starts more than a hundred. Where it cannot be made soon, or a JVM cannot use it, processes start without it.
 */
final class ClassArchive {
    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    /** The run takes some 20 s of two cores. Tests have limits of their own, which must not be met by waiting for this. */
    private static final long SECONDS = 60;

    private static final List<String> JARS =
            entries().filter(entry -> entry.endsWith(".jar")).toList();
    private static final CompletableFuture<List<String>> OPTIONS = CompletableFuture.supplyAsync(
                    ClassArchive::made, ClassArchive::inBackground)
            .completeOnTimeout(List.of(), SECONDS, TimeUnit.SECONDS);

    private ClassArchive() {}

    /** Options with which a JVM on {@link #classPath} uses the archive; waits until it is made, within limits. */
    static List<String> options() {
        return OPTIONS.join();
    }

    /** That of the tests. An archive holds classes of jars alone, and is of use where these come first. */
    static String classPath() {
        return joined(Stream.concat(JARS.stream(), entries().filter(entry -> !entry.endsWith(".jar"))));
    }

    private static Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty());
    }

    private static String joined(Stream<String> entries) {
        return String.join(File.pathSeparator, entries.toList());
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "class-archive");
        thread.setDaemon(true);
        thread.start();
    }

    private static List<String> made() {
        try {
            // Beside the classes of the tests, in whichever folder this process works.
            Path archive = Path.of(ClassArchive.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolveSibling("processes.jsa");
            if (!isOfThisBuild(archive)) {
                make(archive);
            }
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        } catch (IOException | URISyntaxException | InterruptedException e) {
            LOG.warn("processes start without an archive of their classes", e);
            return List.of();
        }
    }

    private static boolean isOfThisBuild(Path archive) throws IOException {
        if (!Files.exists(archive)) {
            return false;
        }
        for (String jar : JARS) {
            if (Files.getLastModifiedTime(Path.of(jar)).compareTo(Files.getLastModifiedTime(archive)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static void make(Path archive) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(archive.getParent(), "processes-");
        Path made = folder.resolve("classes.jsa");
        List<String> options = List.of("-XX:ArchiveClassesAtExit=" + made, "-cp", joined(JARS.stream()));
        List<String> run = List.of(
                "io.millrace.allinone.Millrace",
                "run",
                SampleData.multiclass(folder).toString(),
                "--target",
                SampleData.multiclassTarget(),
                "--families",
                "boosting,mlp",
                "--trials",
                "2",
                "--out",
                "model");
        JavaProcess.builder(List.of(), folder, options, run)
                .redirectOutput(folder.resolve("output").toFile())
                .start()
                .waitFor();
        // Where there is none, this says so: the run's output lies beside.
        Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
