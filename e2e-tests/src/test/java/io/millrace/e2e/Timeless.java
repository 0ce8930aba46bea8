package io.millrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What two runs of the same file, seed and number of trials have in common, digit for digit. */
final class Timeless {
    private Timeless() {}

    /**
     * Score and leaderboard of a {@code model.published} without the seconds that the trials took.
     *
     * @param published the event's value
     */
    static String text(JsonNode published) {
        List<String> rows = new ArrayList<>();
        published.get("leaderboard").forEach(row -> {
            ObjectNode timeless = row.deepCopy();
            rows.add(timeless.remove(List.of("trainSeconds", "cpuSeconds")).toString());
        });
        return published.get("score") + " " + rows;
    }
}
