package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millrace.events.DatasetRejected;
import io.millrace.events.DatasetSubmitted;
import io.millrace.intake.core.Drop;
import io.millrace.intake.core.FileFacts;
import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.EventHandlingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class InboxTest {
    @TempDir
    Path temp;

    private Path folder;
    private Fixture fixture;

    @BeforeEach
    void anInboxIsThere() throws IOException {
        folder = Files.createDirectories(temp.resolve("inbox")).toRealPath();
        fixture = new Fixture(temp.resolve("scratch"));
    }

    @Test
    void aFileIsSubmittedWithTheSettingsBesideItAndLeavesTheInbox() throws Exception {
        drop("Churn 2024.csv", "a,b\n1,2\n");
        drop("Churn 2024.json", "{\"target\":\"b\",\"trials\":3}");
        start().look();

        assertThat(fixture.submitted()).singleElement().satisfies(e -> {
            assertThat(e.event().name()).isEqualTo("churn-2024");
            assertThat(e.event().fileName()).isEqualTo("churn-2024.csv");
            assertThat(e.event().settings().target()).contains("b");
            assertThat(e.event().settings().trials()).contains(3);
            assertThat(e.event().submittedAt()).isEqualTo(Fixture.NOW);
            assertThat(fixture.content(e)).isEqualTo("a,b\n1,2\n");
        });
        assertThat(names("")).containsExactly("done", "rejected");
        assertThat(names("done")).containsExactly("Churn 2024.csv", "Churn 2024.json");
        assertThat(temp.resolve("scratch")).isEmptyDirectory();
    }

    @Test
    void twoDataSetsOfOneSideFileBothHaveItsSettings() throws Exception {
        drop("churn.csv", "a,b\n1,2\n");
        drop("churn.tsv", "a\tb\n1\t2\n");
        drop("churn.json", "{\"target\":\"b\"}");
        InboxLoop intake = start();
        intake.look();
        assertThat(names("")).containsExactly("churn.json", "churn.tsv", "done", "rejected");
        intake.look();

        assertThat(fixture.submitted())
                .hasSize(2)
                .allSatisfy(e -> assertThat(e.event().settings().target()).contains("b"));
        assertThat(names("done")).containsExactly("churn.csv", "churn.json", "churn.tsv");
    }

    @Test
    void namesOfManyBytesLeaveTheInboxToo() throws Exception {
        String name = "\u6f22".repeat(82);
        for (String content : List.of("x\n1\n", "x\n2\n")) {
            drop(name + ".csv", content);
            start().look();
        }
        drop(name + ".xlsx", "PK");
        start().look();

        assertThat(fixture.submitted()).hasSize(2);
        assertThat(names("done")).hasSize(2).contains(name + ".csv").anyMatch(n -> n.matches("data-[0-9a-f]{8}\\.csv"));
        assertThat(names("rejected")).containsExactly("xlsx.reason.txt", name + ".xlsx");
        assertThat(names("")).containsExactly("done", "rejected");
    }

    @Test
    void aNameThatIsNoTextIsToldOnceAndHoldsUpNoOther() throws Exception {
        Process latin = new ProcessBuilder(
                        "sh", "-c", "echo x > \"$1/$(printf 'm\\374nchen.csv')\"", "sh", folder.toString())
                .start();
        assumeTrue(latin.waitFor() == 0, "this file system takes only names that are UTF-8");
        drop("a.csv", "x\n1\n");
        List<String> warnings = warningsOf(Inbox.class, () -> {
            InboxLoop intake = start();
            intake.look();
            intake.look();
        });

        assertThat(fixture.submitted()).extracting(e -> e.event().name()).containsExactly("a");
        assertThat(warnings).singleElement().asString().contains("nchen.csv", "rename it");
    }

    @Test
    void anExitThatIsRemovedIsMadeAnewAndOneThatBecameALinkTakesNothing() throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        InboxLoop intake = start();
        Files.delete(folder.resolve("done"));
        drop("a.csv", "x\n1\n");
        intake.look();
        assertThat(names("done")).containsExactly("a.csv");

        Files.delete(folder.resolve("rejected"));
        Files.createSymbolicLink(folder.resolve("rejected"), outside);
        drop("b.xlsx", "PK");
        assertThatThrownBy(intake::look).isInstanceOf(IOException.class).hasMessageContaining("is no folder");
        assertThat(outside).isEmptyDirectory();

        Files.delete(folder.resolve("rejected"));
        intake.look();
        assertThat(names("rejected")).containsExactly("b.xlsx", "b.xlsx.reason.txt");
        assertThat(fixture.submitted()).hasSize(1);
    }

    @Test
    void aFileThatMayNotBeReadIsRejected() throws Exception {
        drop("a.csv", "x\n1\n");
        Files.setPosixFilePermissions(folder.resolve("a.csv"), Set.of());
        assumeFalse(Files.isReadable(folder.resolve("a.csv")), "root may read everything");
        start().look();

        assertThat(fixture.rejected()).extracting(DatasetRejected::problem).containsExactly("unreadable-file");
        assertThat(names("rejected")).containsExactly("a.csv", "a.csv.reason.txt");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNoFaultOfTheFile() throws Exception {
        drop("a.csv", "x\n1\n");
        InboxLoop intake = start();
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(folder), "root may write everywhere");
            assertThatThrownBy(intake::look).isInstanceOf(AccessDeniedException.class);
        } finally {
            Files.setPosixFilePermissions(folder, before);
        }
        intake.look();

        assertThat(fixture.rejected()).isEmpty();
        assertThat(fixture.submitted().stream().map(Envelope::runId).distinct()).hasSize(1);
        assertThat(names("done")).containsExactly("a.csv");
    }

    @Test
    void badSettingsAreRejectedWithAReasonBesideTheFiles() throws Exception {
        drop("a.csv", "x\n1\n");
        drop("a.json", "{\"taget\":\"b\",\"budget\":\"soon\"}");
        start().look();

        DatasetRejected rejected = fixture.rejected().get(0);
        assertThat(rejected.problem()).isEqualTo("bad-settings");
        assertThat(rejected.message()).contains("taget is not a setting").contains("budget is 'soon'");
        assertThat(names("rejected")).containsExactly("a.csv", "a.csv.reason.txt", "a.json");
        assertThat(folder.resolve("rejected/a.csv.reason.txt"))
                .content()
                .contains(rejected.message(), rejected.remedy());
        assertThat(fixture.submitted()).isEmpty();
    }

    @Test
    void anUnknownFormatAndALinkAreRejectedWithoutReadingThem() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret.csv"), "do not read");
        Files.createSymbolicLink(folder.resolve("link.csv"), secret);
        drop("book.xlsx", "PK");
        start().look();

        assertThat(fixture.rejected())
                .extracting(DatasetRejected::problem)
                .containsExactly("unknown-format", "not-a-file");
        assertThat(Files.isSymbolicLink(folder.resolve("rejected/link.csv"))).isTrue();
        assertThat(secret).exists();
        assertThat(fixture.blobs.list("")).isEmpty();
    }

    @Test
    void aLinkThatReplacesAFileBetweenLookAndReadIsNotFollowed() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret.csv"), "do not read");
        drop("a.csv", "x\n1\n");
        Inbox inbox = Inbox.open(folder);
        FileFacts facts = inbox.list().get(0);
        Files.delete(folder.resolve("a.csv"));
        Files.createSymbolicLink(folder.resolve("a.csv"), secret);

        assertThatThrownBy(() -> handler(inbox).submit(new Drop(facts, Optional.empty(), false)))
                .isInstanceOf(IOException.class);
        assertThat(fixture.blobs.list("")).isEmpty();
    }

    @Test
    void aFolderOfLinksIsNoInbox() throws Exception {
        Files.createSymbolicLink(folder.resolve("done"), temp);

        assertThatThrownBy(() -> Inbox.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is no folder");
    }

    @Test
    void aFileThatChangesWhileItIsReadIsNotPublished() throws Exception {
        drop("a.csv", "x\n1\n");
        Inbox inbox = Inbox.open(folder);
        FileFacts before = inbox.list().get(0);
        Files.writeString(folder.resolve("a.csv"), "x\n1\n2\n");

        assertThat(handler(inbox).submit(new Drop(before, Optional.empty(), false)))
                .isFalse();
        assertThat(fixture.submitted()).isEmpty();
        assertThat(names("")).contains("a.csv");
    }

    @Test
    void aCrashBeforePublishingLosesNothing() throws Exception {
        drop("a.csv", "x\n1\n");
        fixture.bus.away = true;
        InboxLoop first = start();
        assertThatThrownBy(first::look).isInstanceOf(EventHandlingException.class);
        assertThat(names("")).contains("a.csv");

        fixture.bus.away = false;
        start().look();
        assertThat(fixture.submitted()).hasSize(1);
        assertThat(fixture.blobs.list("datasets/")).hasSize(1);
        assertThat(names("done")).containsExactly("a.csv");
    }

    @Test
    void aCrashAfterPublishingRepeatsTheSameEventAndDoublesNoRun() throws Exception {
        drop("a.csv", "x\n1\n");
        drop("a.json", "{\"target\":\"x\"}");
        fixture.bus.crashAfter = true;
        InboxLoop first = start();
        assertThatThrownBy(first::look).isInstanceOf(Fixture.Crash.class);

        fixture.bus.crashAfter = false;
        start().look();
        assertThat(fixture.submitted()).hasSize(2);
        assertThat(fixture.submitted().stream().map(Envelope::id).distinct()).hasSize(1);
        assertThat(fixture.submitted().stream().map(Envelope::runId).distinct()).hasSize(1);
        assertThat(names("done")).containsExactly("a.csv", "a.json");
    }

    @Test
    void aCrashBetweenTheTwoMovesIsFinishedAtTheNextStart() throws Exception {
        drop("a.csv", "x\n1\n");
        drop("a.json", "{\"target\":\"x\"}");
        Inbox inbox = Inbox.open(folder);
        List<FileFacts> both = inbox.list();
        new MoveJournal(folder).write(Inbox.Exit.DONE, "0a0a0a0a-run", both);
        Files.move(folder.resolve("a.csv"), folder.resolve("done/a.csv"));

        InboxLoop next = start();
        next.look();
        assertThat(names("done")).containsExactly("a.csv", "a.json");
        assertThat(names("")).containsExactly("done", "rejected");
        assertThat(fixture.bus.published).isEmpty();
    }

    @Test
    void aNewFileUnderAnOldNameIsNotMovedByAnOldJournal() throws Exception {
        drop("a.csv", "x\n1\n");
        new MoveJournal(folder)
                .write(Inbox.Exit.DONE, "0a0a0a0a-run", Inbox.open(folder).list());
        drop("a.csv", "x\n1\n2\n3\n");

        start().look();
        assertThat(fixture.submitted()).singleElement().satisfies(e -> assertThat(fixture.content(e))
                .endsWith("3\n"));
    }

    @Test
    void theSameNameAgainIsAnotherRunAndKeepsBothFiles() throws Exception {
        drop("a.csv", "x\n1\n");
        start().look();
        drop("a.csv", "x\n2\n");
        start().look();

        assertThat(fixture.submitted().stream().map(Envelope::runId).distinct()).hasSize(2);
        assertThat(names("done")).hasSize(2).contains("a.csv").anyMatch(n -> n.matches("a-[0-9a-f]{8}\\.csv"));
    }

    @Test
    void otherSettingsForTheSameFileAreAnotherRun() throws Exception {
        for (String settings : List.of("{\"seed\":1}", "{\"seed\":2}")) {
            drop("a.csv", "x\n1\n");
            Files.setLastModifiedTime(folder.resolve("a.csv"), FileTime.fromMillis(1_000_000));
            drop("a.json", settings);
            start().look();
        }

        assertThat(fixture.submitted().stream().map(Envelope::runId).distinct()).hasSize(2);
    }

    @Test
    void oneTroublesomeFileDoesNotHoldUpTheOthers() throws Exception {
        drop("b.csv", "x\n1\n");
        String longest = "a".repeat(251) + ".csv";
        drop(longest, "x\n1\n");
        start().look();

        assertThat(fixture.submitted().stream().map(e -> e.event().name()))
                .contains("b")
                .hasSize(2);
        assertThat(fixture.submitted().stream().map(Envelope::event).map(DatasetSubmitted::name))
                .allMatch(n -> n.length() <= 100);
    }

    private void drop(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    @FunctionalInterface
    private interface Doing {
        void run() throws Exception;
    }

    private static List<String> warningsOf(Class<?> logger, Doing doing) throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger(logger);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            doing.run();
        } finally {
            log.detachAppender(lines);
        }
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Intake as after a start; without a settling time one look is enough. */
    private InboxLoop start() throws IOException {
        Inbox inbox = Inbox.open(folder);
        return new InboxLoop(inbox::list, new InboxWatch(Duration.ZERO), handler(inbox)::submit, fixture.clock);
    }

    private SubmitDroppedFile handler(Inbox inbox) {
        return new SubmitDroppedFile(inbox, fixture.submit, fixture.announcer);
    }

    private List<String> names(String inside) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(inside))) {
            return files.filter(f -> Files.exists(f, LinkOption.NOFOLLOW_LINKS))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
