package io.millrace.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that starts a database, stores a row, says so and waits to be killed. */
final class OwnerProcess {
    private static final String STORED = "stored";

    private OwnerProcess() {}

    static Process start(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OwnerProcess.class.getName(),
                        directory.toString())
                .redirectError(new File("target", "owner-process.log"))
                .start();
    }

    /** Returns when the row is stored; fails when the process ends before. */
    static void awaitStored(Process owner) throws IOException {
        // The stream stays open: the caller kills the process.
        BufferedReader out = new BufferedReader(new InputStreamReader(owner.getInputStream(), UTF_8));
        String line = out.readLine();
        if (!STORED.equals(line)) {
            throw new IllegalStateException("the process that should store a row said: " + line);
        }
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
        EmbeddedDatabaseIT.execute(database, "CREATE TABLE kept (value TEXT)");
        EmbeddedDatabaseIT.execute(database, "INSERT INTO kept VALUES ('still here')");
        System.out.println(STORED);
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
