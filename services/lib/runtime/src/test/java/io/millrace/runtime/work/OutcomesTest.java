package io.millrace.runtime.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.memory.InMemoryBlobStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    @Test
    void whatIsRecordedIsToldByCauseWhicheverGroupHandledIt() {
        InMemoryBlobStore blobs = new InMemoryBlobStore();
        for (String key : List.of(
                "results/trainer/e1.json",
                "results/profiler/e1.json",
                "attempts/trainer/e2",
                "results/trainer/e3.json")) {
            blobs.put(key, new byte[] {1});
        }

        assertThat(Outcomes.keysOf(blobs, Set.of("e1", "e2", "e4")))
                .isEqualTo(Map.of(
                        "e1", List.of("results/profiler/e1.json", "results/trainer/e1.json"),
                        "e2", List.of("attempts/trainer/e2")));
    }
}
