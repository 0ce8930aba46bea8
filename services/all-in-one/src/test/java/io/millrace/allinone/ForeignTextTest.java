package io.millrace.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.DatasetRejected;
import io.millrace.events.FailureKind;
import io.millrace.events.RunFailed;
import io.millrace.runtime.codec.WireEvent;
import io.millrace.runtime.kafka.DeadLetter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Texts that come from others reach a terminal without control characters. */
class ForeignTextTest {
    private static final String HOSTILE = "\u001b]0;owned\u0007\nforged";

    @Test
    void theLineOfARunThatEndedIsOneLine() {
        assertThat(UpCommand.told(new DatasetRejected("n", "bad", "no " + HOSTILE, "drop another")))
                .contains("rejected n: no ?]0;owned??forged drop another");
        assertThat(UpCommand.told(new RunFailed("n", "planner", FailureKind.BUG, HOSTILE)))
                .contains("failed n: ?]0;owned??forged");
    }

    @Test
    void aDeadLetterIsShownWithoutControlCharactersAndItsLinesAreIndented() {
        WireEvent event = new WireEvent(
                "topic", HOSTILE, Map.of("ce_subject", HOSTILE), ("{\n" + HOSTILE + "\n}").getBytes(UTF_8));
        List<String> lines = DlqCommand.all(
                new DeadLetter("millrace-trainer", 0, 17, Instant.EPOCH, "unused", event), "it broke " + HOSTILE);

        assertThat(lines)
                .containsExactly(
                        "millrace-trainer/0/17, given up at 1970-01-01T00:00:00Z",
                        "  cause: it broke ?]0;owned??forged",
                        "  topic: topic, key: ?]0;owned??forged",
                        "  ce_subject: ?]0;owned??forged",
                        "  {",
                        "  ?]0;owned?",
                        "  forged",
                        "  }");
    }
}
