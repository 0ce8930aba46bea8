package io.millrace.allinone;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells HotSpot which code its optimizing compiler is to work for: {@code compiler-directives.json} beside this class (the
 * format is that of JEP 165). A broker, eight services and a database's client in one young JVM had it optimize messaging for longer
 * than that ran. By the diagnostic command and not by the option of the JVM, which prints a line on standard output.
 */
final class CompilerDirectives {
    private static final Logger LOG = LoggerFactory.getLogger(CompilerDirectives.class);
    private static final String FILE = "compiler-directives.json";

    private CompilerDirectives() {}

    /** Adds them to this JVM's; a JVM that takes none goes on as it is. */
    static void add() {
        try {
            Path file = Files.createTempFile("millrace-", FILE);
            try (InputStream directives = CompilerDirectives.class.getResourceAsStream(FILE)) {
                Files.copy(directives, file, StandardCopyOption.REPLACE_EXISTING);
                LOG.debug("{}", command("compilerDirectivesAdd", '"' + file.toString() + '"'));
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            LOG.debug("no compiler directives: {}", e.toString());
        }
    }

    /** What HotSpot answers to a diagnostic command (that of {@code jcmd}, in camel case). */
    static String command(String name, String... arguments) throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        name,
                        new Object[] {arguments},
                        new String[] {String[].class.getName()});
    }
}
