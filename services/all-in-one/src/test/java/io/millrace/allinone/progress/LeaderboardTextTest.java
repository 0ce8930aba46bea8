package io.millrace.allinone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.events.ModelPublished;
import io.millrace.runtime.codec.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeaderboardTextTest {
    private ObjectNode event;

    @BeforeEach
    void aModelWasPublished() throws IOException {
        try (InputStream golden = Json.class.getResourceAsStream("/examples/model.published.v1.json")) {
            event = (ObjectNode) Json.read(golden.readAllBytes(), JsonNode.class);
        }
    }

    private List<String> lines(int most) {
        return LeaderboardText.of(Json.read(Json.write(event), ModelPublished.class), most)
                .lines()
                .toList();
    }

    /** As many trials, of which only the last is in the ensemble. */
    private void trials(int count) {
        ArrayNode leaderboard = (ArrayNode) event.get("leaderboard");
        ObjectNode trial = (ObjectNode) leaderboard.get(0);
        leaderboard.removeAll();
        for (int rank = 1; rank <= count; rank++) {
            leaderboard.add(trial.deepCopy()
                    .put("rank", rank)
                    .put("trial", "t" + rank)
                    .put("weight", rank == count ? 1.0 : 0.0));
        }
    }

    @Test
    void theEnsembleStandsBeforeTheTrialsByRank() {
        List<String> lines = lines(15);

        assertThat(lines.get(0))
                .matches("rank  trial +family +log_loss \\[95 %\\] +folds +rate +train s .*weight +from");
        assertThat(lines.get(1)).matches(" +ensemble +\\d+ of +0\\.4051 \\[0\\.3855, 0\\.4249\\]");
        assertThat(lines.get(2))
                .matches(" +1 +t002 +boosting +0\\.4112 \\[0\\.3912, 0\\.4312\\] +5 +6\\.[23] +healthy +0\\.75");
    }

    @Test
    void membersOfTheEnsembleAreShownHoweverLowTheyRankAndTheRestIsCounted() {
        trials(5);

        assertThat(lines(2))
                .filteredOn(line -> line.matches(" +\\d+ +t\\d+ .*"))
                .extracting(line -> line.strip().split(" +")[1])
                .containsExactly("t1", "t2", "t5");
        assertThat(lines(2)).contains("      and 2 more in leaderboard.csv");
        assertThat(lines(5)).noneMatch(line -> line.contains("more in leaderboard.csv"));
    }

    @Test
    void belowItStandsWhatTheEnsembleIsWorth() {
        assertThat(lines(15))
                .anyMatch(line -> line.startsWith("The ensemble gains 0.006100 [0.001200, 0.01080] of log_loss"))
                .contains("On the holdout, opened once: log_loss 0.4098 [0.3511, 0.4702]")
                .contains("Expected calibration error: 0.01320");

        event.remove(List.of("holdoutScore", "holdoutPredictions", "calibrationError"));
        event.putObject("holdoutScores");
        assertThat(lines(15)).noneMatch(line -> line.contains("holdout") || line.contains("calibration"));
    }
}
