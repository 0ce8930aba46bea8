package io.millrace.profiler;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import io.millrace.events.RunSettings;
import io.millrace.modelling.source.ColumnCast;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.NewRows;
import io.millrace.modelling.source.RawTable;
import io.millrace.modelling.source.SourceReader;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.profiler.core.ColumnDecision;
import io.millrace.profiler.core.ColumnFacts;
import io.millrace.profiler.core.ColumnJudge;
import io.millrace.profiler.core.Findings;
import io.millrace.profiler.core.Names;
import io.millrace.profiler.core.RejectedDatasetException;
import io.millrace.profiler.core.Split;
import io.millrace.profiler.core.StratifiedSplit;
import io.millrace.profiler.core.TargetChoice;
import io.millrace.profiler.core.TargetDecision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** From a dropped file to a typed table and its profile. One instance per file. */
final class DatasetProfiler {
    private final DuckDb db;
    private final SourceSettings settings;
    private final Path folder;
    private final List<String> warnings = new ArrayList<>();
    private final TreeSet<String> markers = new TreeSet<>();

    DatasetProfiler(DuckDb db, SourceSettings settings, Path folder) {
        this.db = db;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * Profiles.
     *
     * @throws RejectedDatasetException when the data cannot be used as asked
     * @throws io.millrace.modelling.source.UnreadableSourceException when the file is no table
     */
    ProfiledTable profile(String name, Path file, RunSettings asked) {
        RawTable raw = new SourceReader(db, settings, folder).read(file, Optional.empty());
        warnings.addAll(raw.warnings());
        if (raw.rows() == 0) {
            throw new RejectedDatasetException(
                    "header-only",
                    "the file has a header of " + raw.header().size() + " columns and no rows",
                    "Send the file again with its rows.");
        }
        RawFacts rawFacts = new RawFacts(db, raw);
        int target = target(raw, rawFacts, asked);
        String withTarget = RawFacts.present(target);
        ColumnFacts targetFacts = rawFacts.of(target, "true");
        markers.addAll(targetFacts.markers());
        TargetDecision decision = TargetDecision.of(
                onlyPresent(rawFacts, target, targetFacts),
                raw.rows(),
                rawFacts.values(target, TargetDecision.MOST_CLASSES + 1),
                asked.task());
        Metric metric = decision.metric(asked.metric());
        Map<String, ColumnProfile> columns = decide(raw, rawFacts, target, withTarget);
        TypedTable typed = typed(raw, target, decision, columns, asked);
        if (typed.rows() < raw.rows()) {
            warnings.add((raw.rows() - typed.rows()) + " of " + raw.rows()
                    + " rows have no usable target and are left out.");
        }
        refine(typed, columns, decision);
        return finish(name, raw, target, decision, metric, columns, typed, asked);
    }

    private int target(RawTable raw, RawFacts facts, RunSettings asked) {
        if (asked.target().isPresent()) {
            int found = TargetChoice.named(raw.header(), asked.target().get());
            if (!raw.header().get(found).equals(asked.target().get())) {
                warnings.add("The target '" + asked.target().get() + "' was taken for the column '"
                        + raw.header().get(found) + "'.");
            }
            return found;
        }
        int guessed = TargetChoice.guess(raw.header(), i -> facts.of(i, "true"))
                .orElseThrow(() -> new RejectedDatasetException(
                        "no-target",
                        "no column can be predicted: all are identifiers, texts, dates or constant",
                        "Name the target column."));
        warnings.add("No target was named; '" + raw.header().get(guessed) + "' was chosen.");
        return guessed;
    }

    /** The target's facts again over the rows that have one: nothing else is learnt from. */
    private static ColumnFacts onlyPresent(RawFacts rawFacts, int target, ColumnFacts facts) {
        return facts.missing() == 0 || facts.present() == 0 ? facts : rawFacts.of(target, RawFacts.present(target));
    }

    private Map<String, ColumnProfile> decide(RawTable raw, RawFacts rawFacts, int target, String where) {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (int i = 0; i < raw.header().size(); i++) {
            if (i == target) {
                continue;
            }
            ColumnFacts facts = rawFacts.of(i, where);
            markers.addAll(facts.markers());
            if (facts.missing() > 0 && facts.markers().isEmpty()) {
                markers.add("");
            }
            ColumnDecision decision = ColumnJudge.judge(facts);
            columns.put(
                    RawTable.column(i),
                    new ColumnProfile(
                            facts.name(),
                            decision.kind(),
                            facts.missing(),
                            facts.distinct(),
                            Optional.empty(),
                            List.of(),
                            decision.format(),
                            decision.note()));
        }
        return columns;
    }

    private TypedTable typed(
            RawTable raw, int target, TargetDecision decision, Map<String, ColumnProfile> columns, RunSettings asked) {
        ColumnCast cast = new ColumnCast(List.of());
        List<String> select = new ArrayList<>();
        columns.forEach((cell, column) -> {
            if (column.kind().isFeature()) {
                select.add(cast.sql(cell, column) + " AS " + cell);
            }
        });
        String cell = RawTable.column(target);
        String targetSql = decision.task().isClassification()
                ? NewRows.targetSql(cell, decision.classes(), cast)
                : decision.format().finiteSql(cell);
        select.add(targetSql + " AS t");
        select.add("rowid AS source_row");
        asked.timeColumn().ifPresent(time -> select.add(timeSql(raw, columns, cast, time) + " AS time_key"));
        return new TypedTable(
                db, String.join(", ", select), RawTable.NAME + " WHERE " + targetSql + " IS NOT NULL ORDER BY rowid");
    }

    private static String timeSql(RawTable raw, Map<String, ColumnProfile> columns, ColumnCast cast, String time) {
        int position = Names.find(raw.header(), time)
                .orElseThrow(() -> new RejectedDatasetException(
                        "no-such-time-column",
                        "there is no column '" + time + "' to cut by time",
                        "Name one of: " + String.join(", ", raw.header())));
        String cell = RawTable.column(position);
        ColumnProfile column = columns.get(cell);
        if (column != null && column.kind().isStoredAsNumber()) {
            return cast.sql(cell, column);
        }
        if (column != null && column.kind() == ColumnKind.IDENTIFIER) {
            return cast.sql(cell, ColumnKind.NUMERIC, Optional.empty());
        }
        throw new RejectedDatasetException(
                "no-such-time-column",
                "the column '" + time + "' holds no dates and no numbers, so rows cannot be ordered by it",
                "Name a column with dates (2026-01-31, 31.01.2026...) or numbers.");
    }

    /** Statistics and levels; then what repeats or gives away something. */
    private void refine(TypedTable typed, Map<String, ColumnProfile> columns, TargetDecision decision) {
        columns.replaceAll((cell, column) -> typed.profile(cell, column));
        columns.replaceAll((cell, column) -> Findings.constantAfterTyping(column));
        List<List<String>> alike = Findings.maybeRepeated(columns);
        Map<String, Long> prints =
                typed.fingerprints(alike.stream().flatMap(List::stream).toList());
        for (List<String> group : alike) {
            Findings.repeated(group, prints).forEach((copy, first) -> {
                ColumnProfile column = columns.get(copy);
                String note = "repeats the column " + columns.get(first).name();
                columns.put(copy, Findings.unused(column, note));
                warnings.add("The column " + column.name() + " " + note + " and is not used.");
            });
        }
        warnings.addAll(suspects(typed, columns, decision));
    }

    private static List<String> suspects(
            TypedTable typed, Map<String, ColumnProfile> columns, TargetDecision decision) {
        List<String> found = new ArrayList<>();
        Consumer<String> suspect = cell -> {
            ColumnProfile column = columns.get(cell);
            columns.put(cell, Findings.suspected(column));
            found.add("The column " + column.name()
                    + " determines the target almost alone; if it is known only after the" + " fact, leave it out.");
        };
        List<String> numbers = columns.keySet().stream()
                .filter(c -> columns.get(c).kind().isStoredAsNumber())
                .toList();
        Map<String, Double> correlations = decision.classes().size() > 2 ? Map.of() : typed.correlations(numbers);
        double majority = typed.majority();
        for (String cell : List.copyOf(columns.keySet())) {
            ColumnProfile column = columns.get(cell);
            boolean linear = Math.abs(correlations.getOrDefault(cell, 0.0)) > Findings.LEAKING_CORRELATION;
            boolean pure = decision.task().isClassification()
                    && Findings.hasFewValues(column, typed.rows())
                    && Findings.isPure(typed.purity(cell), majority);
            if (linear || pure) {
                suspect.accept(cell);
            }
        }
        return found;
    }

    private ProfiledTable finish(
            String name,
            RawTable raw,
            int target,
            TargetDecision decision,
            Metric metric,
            Map<String, ColumnProfile> columns,
            TypedTable typed,
            RunSettings asked) {
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
                    "Add columns that say something about '" + raw.header().get(target) + "'.");
        }
        List<String> cells = List.copyOf(features.keySet());
        double[] targets = typed.numbers("t");
        Split standard = Split.defaultFor(typed.rows());
        Split split = new Split(
                asked.holdout().orElse(standard.holdoutShare()), asked.folds().orElse(standard.folds()));
        int[] folds = asked.timeColumn().isPresent()
                ? split.byTime(typed.numbers("time_key"))
                : StratifiedSplit.deal(split, strata(decision, targets), typed.sameness(cells), asked.seed());
        Path parquet = folder.resolve("table.parquet");
        typed.write(parquet, features, folds);
        List<Long> classCounts = Findings.classCounts(decision.classes().size(), targets);
        warnings.addAll(Findings.rareClasses(decision.classes(), classCounts, split.folds()));
        DatasetProfile profile = new DatasetProfile(
                name,
                typed.rows(),
                raw.header().get(target),
                decision.task(),
                decision.classes(),
                classCounts,
                List.copyOf(columns.values()),
                List.copyOf(markers),
                split.folds(),
                Findings.heldOut(folds),
                asked.timeColumn(),
                typed.duplicates(cells),
                raw.format(),
                warnings);
        return new ProfiledTable(profile, parquet, metric);
    }

    private static int[] strata(TargetDecision decision, double[] targets) {
        if (!decision.task().isClassification()) {
            return StratifiedSplit.bins(targets);
        }
        int[] strata = new int[targets.length];
        for (int i = 0; i < strata.length; i++) {
            strata[i] = (int) targets[i];
        }
        return strata;
    }
}
