package io.millrace.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetRejected;
import io.millrace.intake.core.InboxWatch;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadDropTest {
    @TempDir
    Path temp;

    static List<BadDrop> catalogue() {
        return BadDrop.catalogue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("catalogue")
    void everyBadRecordIsRejectedByAnEventAndTheNextOneIsTaken(BadDrop bad) throws Exception {
        Fixture fixture = new Fixture(temp);
        TakeDroppedRecord handler = new TakeDroppedRecord(fixture.blobs, fixture.submit, fixture.announcer);
        handler.on(bad.at(0));

        DatasetRejected rejected = fixture.rejected().get(0);
        assertThat(rejected.problem()).isEqualTo(bad.problem());
        assertThat(rejected.message()).contains(bad.words());
        assertThat(rejected.remedy()).isNotBlank();
        assertThat(fixture.bus.published).hasSize(1);
        assertThat(CloudEvents.encode(fixture.bus.published.get(0)).value()).isNotEmpty();

        handler.on(new BadDrop("", "good", Map.of(), "a,y\n1,0\n", "", "").at(1));
        assertThat(fixture.submitted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..\\..\\boot.ini",
                "/etc/passwd",
                "a/../../b",
                "\u0000x",
                "...",
                "%2e%2e%2fx"
            })
    void aNameThatIsAPathBecomesAPlainNameInsideTheStore(String name) throws Exception {
        Fixture fixture = new Fixture(temp);
        TakeDroppedRecord handler = new TakeDroppedRecord(fixture.blobs, fixture.submit, fixture.announcer);
        handler.on(new BadDrop("", name, Map.of("file-name", name + ".csv"), "a,y\n1,0\n", "", "").at(0));

        Envelope<?> submitted = fixture.submitted().get(0);
        assertThat(fixture.blobs.list("")).containsExactly(key(fixture));
        assertThat(key(fixture)).matches("datasets/" + submitted.runId() + "/[a-z0-9_][a-z0-9._-]*[.]csv");
        assertThat(fixture.submitted().get(0).event().name()).matches("[a-z0-9_][a-z0-9._-]{0,99}");
    }

    private static String key(Fixture fixture) {
        return fixture.submitted().get(0).event().data().uri().substring("blob:".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DONE\nrun\n6 0 true ..%2Fsecret",
                "DONE\nrun\n6 0 true %2Fetc%2Fpasswd",
                "DONE\n../run\n",
                "DONE",
                "",
                "nothing of ours\nat all\nwhatever"
            })
    void aJournalThatSomeoneDropsMovesNothingAndKeepsIntakeRunning(String journal) throws Exception {
        Path folder = Files.createDirectories(temp.resolve("inbox")).toRealPath();
        Path secret = Files.writeString(temp.resolve("secret"), "secret");
        Files.setLastModifiedTime(secret, java.nio.file.attribute.FileTime.fromMillis(0));
        Files.writeString(folder.resolve(".millrace-move-x"), journal);
        Files.writeString(folder.resolve("good.csv"), "a,y\n1,0\n");
        Fixture fixture = looked(folder);

        assertThat(secret).exists();
        assertThat(fixture.submitted()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0a0a0a0a-run", "0A0A0A0A-RUN"})
    void aJournalThatNamesWhatCannotBeMovedIsLeftAlone(String run) throws Exception {
        Path folder = Files.createDirectories(temp.resolve("inbox")).toRealPath();
        Files.createDirectories(folder.resolve("done"));
        for (String name : List.of("%00", "x".repeat(256), "a.csv".repeat(20_000), "good.csv")) {
            Path good = Files.writeString(folder.resolve("good.csv"), "a,y\n1,0\n");
            Files.writeString(folder.resolve("done/good.csv"), "there already");
            String forged =
                    "DONE\n" + run + "\n8 " + Files.getLastModifiedTime(good).toMillis() + " true " + name;
            Files.writeString(folder.resolve(".millrace-move-" + run), forged);

            assertThat(looked(folder).submitted())
                    .hasSize(name.equals("good.csv") && run.equals("0a0a0a0a-run") ? 0 : 1);
        }
    }

    @Test
    void aSideFileThatIsALinkIsNeverRead() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("inbox")).toRealPath();
        Path secret = Files.writeString(temp.resolve("secret.json"), "{\"target\":\"secret\"}");
        Files.createSymbolicLink(folder.resolve("a.json"), secret);
        Files.writeString(folder.resolve("a.csv"), "a,y\n1,0\n");
        Fixture fixture = looked(folder);

        assertThat(fixture.rejected()).singleElement().satisfies(r -> {
            assertThat(r.problem()).isEqualTo("not-a-file");
            assertThat(r.message()).doesNotContain("secret");
        });
        assertThat(Files.exists(secret, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    /** Intake after one look into the folder. */
    private Fixture looked(Path folder) throws Exception {
        Fixture fixture = new Fixture(temp.resolve("scratch"));
        Inbox inbox = Inbox.open(folder);
        SubmitDroppedFile submit = new SubmitDroppedFile(inbox, fixture.submit, fixture.announcer);
        new InboxLoop(inbox::list, new InboxWatch(Duration.ZERO), submit::submit, fixture.clock).look();
        return fixture;
    }
}
