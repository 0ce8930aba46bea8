package io.millrace.profiler;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.events.RunSettings;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.RawTable;
import io.millrace.modelling.source.SourceReader;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.profiler.core.Findings;
import io.millrace.profiler.core.RejectedDatasetException;
import io.millrace.profiler.core.TargetDecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From a dropped file to a typed table and its profile.
 *
 * @param db database of this one file
 * @param settings bounds for reading
 * @param folder folder for the typed table
 */
record DatasetProfiler(DuckDb db, SourceSettings settings, Path folder) {
    /**
     * Profiles.
     *
     * @throws RejectedDatasetException when the data cannot be used as asked
     * @throws io.millrace.modelling.source.UnreadableSourceException when the file is no table
     */
    ProfiledTable profile(String name, Path file, RunSettings asked) {
        RawTable raw = new SourceReader(db, settings, folder).read(file, Optional.empty());
        if (raw.rows() == 0) {
            throw new RejectedDatasetException(
                    "header-only",
                    "the file has a header of " + raw.header().size() + " columns and no rows",
                    "Send the file again with its rows.");
        }
        List<String> warnings = new ArrayList<>(raw.warnings());
        RawFacts facts = new RawFacts(db, raw);
        Target target = Target.of(raw, facts, asked);
        target.warning().ifPresent(warnings::add);
        TargetDecision decision = target.decision();
        Metric metric = decision.metric(asked.metric());
        JudgedColumns judged = JudgedColumns.of(raw, facts, target.position());
        TypedTable typed = new Typing(raw, target, judged.columns()).in(db, asked.timeColumn());
        if (typed.rows() < raw.rows()) {
            warnings.add((raw.rows() - typed.rows()) + " of " + raw.rows()
                    + " rows have no usable target and are left out.");
        }
        ReviewedColumns reviewed = ReviewedColumns.of(judged.columns(), typed, decision);
        warnings.addAll(reviewed.warnings());

        String targetName = raw.header().get(target.position());
        Map<String, String> features = features(reviewed.columns(), targetName);
        List<String> cells = List.copyOf(features.keySet());
        double[] targets = typed.numbers("t");
        DealtRows dealt = DealtRows.of(typed, cells, decision, targets, asked);
        Path parquet = folder.resolve("table.parquet");
        typed.write(parquet, features, dealt.folds());

        List<Long> classCounts = Findings.classCounts(decision.classes().size(), targets);
        int folds = dealt.split().folds();
        warnings.addAll(Findings.rareClasses(decision.classes(), classCounts, folds));
        Set<String> markers = new TreeSet<>(target.markers());
        markers.addAll(judged.markers());
        DatasetProfile profile = new DatasetProfile(
                name,
                typed.rows(),
                targetName,
                decision.task(),
                decision.classes(),
                classCounts,
                List.copyOf(reviewed.columns().values()),
                List.copyOf(markers),
                folds,
                Findings.heldOut(dealt.folds()),
                asked.timeColumn(),
                typed.duplicates(cells),
                raw.format(),
                warnings);
        return new ProfiledTable(profile, parquet, metric, textTerms(typed, reviewed.columns()));
    }

    private static int textTerms(TypedTable typed, Map<String, ColumnProfile> columns) {
        return columns.entrySet().stream()
                .filter(c -> c.getValue().kind() == ColumnKind.TEXT)
                .mapToInt(c -> typed.terms(c.getKey()))
                .sum();
    }

    /** Names of the features by cell. */
    private static Map<String, String> features(Map<String, ColumnProfile> columns, String target) {
        Map<String, String> features = new LinkedHashMap<>();
        columns.forEach((cell, column) -> {
            if (column.kind().isFeature()) {
                features.put(cell, column.name());
            }
        });
        if (features.isEmpty()) {
            throw new RejectedDatasetException(
                    "no-features",
                    "no column but the target can be learnt from: all are constant or identifiers",
                    "Add columns that say something about '" + target + "'.");
        }
        return features;
    }
}
