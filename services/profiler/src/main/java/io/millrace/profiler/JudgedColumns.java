package io.millrace.profiler;

import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.source.RawTable;
import io.millrace.profiler.core.ColumnDecision;
import io.millrace.profiler.core.ColumnFacts;
import io.millrace.profiler.core.ColumnJudge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What every column but the target is taken for, judged over the rows that have a target.
 *
 * @param columns profiles without statistics and levels, by cell, in the order of the header
 * @param markers missing markers that occur in them
 */
record JudgedColumns(Map<String, ColumnProfile> columns, Set<String> markers) {
    static JudgedColumns of(RawTable raw, RawFacts rawFacts, int target) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        Set<String> markers = new TreeSet<>();
        for (int i = 0; i < raw.header().size(); i++) {
            if (i == target) {
                continue;
            }
            ColumnFacts facts = rawFacts.of(i, RawFacts.present(target));
            markers.addAll(facts.markers());
            if (facts.missing() > 0 && facts.markers().isEmpty()) {
                markers.add("");
            }
            columns.put(RawTable.column(i), judged(facts));
        }
        return new JudgedColumns(columns, markers);
    }

    private static ColumnProfile judged(ColumnFacts facts) {
        ColumnDecision decision = ColumnJudge.judge(facts);
        return new ColumnProfile(
                facts.name(),
                decision.kind(),
                facts.missing(),
                facts.distinct(),
                Optional.empty(),
                List.of(),
                decision.format(),
                decision.note());
    }
}
