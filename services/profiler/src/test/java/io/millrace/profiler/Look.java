package io.millrace.profiler;

import io.millrace.dataset.*;
import io.millrace.events.RunSettings;
import io.millrace.modelling.source.*;
import io.millrace.modelling.table.Table;
import java.nio.file.*;
import java.time.Duration;
import java.util.*;

public class Look {
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        Map<String, String> targets = new LinkedHashMap<>();
        for (String line : Files.readAllLines(data.resolve("MANIFEST.csv"))) {
            String[] p = line.split(",");
            if (p[1].contains("/") || p[1].equals("file")) continue;
            targets.put(p[1], p[6]);
        }
        for (var e : targets.entrySet()) {
            if (args.length > 1 && !e.getKey().contains(args[1])) continue;
            for (int rep = 0; rep < (args.length > 2 ? 3 : 1); rep++) {
                SourceSettings settings = SourceSettings.defaults();
                long t = System.nanoTime();
                try (WorkFolder f = WorkFolder.below(settings.scratch());
                        DuckDb db = DuckDb.open(settings, f.path())) {
                    RunSettings s0 = RunSettings.ofBudget(Duration.ofSeconds(60));
                    RunSettings s = new RunSettings(
                            args.length > 3 ? Optional.empty() : Optional.of(e.getValue()),
                            s0.task(),
                            s0.metric(),
                            s0.budget(),
                            s0.trials(),
                            0,
                            s0.holdout(),
                            s0.folds(),
                            s0.timeColumn());
                    ProfiledTable p;
                    try {
                        p = new DatasetProfiler(db, settings, f.path()).profile("x", data.resolve(e.getKey()), s);
                    } catch (io.millrace.profiler.core.RejectedDatasetException x) {
                        System.out.println("REJECT " + e.getKey() + " " + x.problem() + " " + x.getMessage());
                        continue;
                    }
                    double sec = (System.nanoTime() - t) / 1e9;
                    DatasetProfile d = p.profile();
                    t = System.nanoTime();
                    Table table = TableReader.read(p.parquet(), d);
                    double rd = (System.nanoTime() - t) / 1e9;
                    t = System.nanoTime();
                    Table n = NewRows.read(data.resolve(e.getKey()), d);
                    double nr = (System.nanoTime() - t) / 1e9;
                    int[] fc = new int[d.folds() + 1];
                    for (int x : table.folds()) fc[x + 1]++;
                    System.out.printf(
                            "=== %s %.2f s, read %.2f, new rows %.2f; %s rows=%d/%d target=%s %s classes=%s%s folds=%s dup=%d markers=%s %s%n",
                            e.getKey(),
                            sec,
                            rd,
                            nr,
                            d.task(),
                            d.rows(),
                            n.rows(),
                            d.target(),
                            p.metric(),
                            d.classes(),
                            d.classCounts(),
                            Arrays.toString(fc),
                            d.duplicateRows(),
                            d.missingMarkers(),
                            d.source());
                    if (rep == 0)
                        for (ColumnProfile c : d.columns()) {
                            String lv = c.levels().toString();
                            System.out.printf(
                                    "   %-28s %-11s miss=%d dist=%d %s %s %s%n",
                                    c.name().strip(),
                                    c.kind(),
                                    c.missing(),
                                    c.distinct(),
                                    c.format().orElse(""),
                                    c.note().orElse(""),
                                    c.statistics()
                                            .map(Object::toString)
                                            .map(x -> x.substring(17))
                                            .orElse(lv.length() > 100 ? lv.substring(0, 100) : lv));
                        }
                    for (String w : d.warnings()) System.out.println("   ! " + w);
                }
            }
        }
    }
}
