package io.millrace.profiler;

import io.millrace.events.RunSettings;
import io.millrace.modelling.source.DuckDb;
import io.millrace.modelling.source.SourceSettings;
import io.millrace.modelling.source.TableReader;
import io.millrace.modelling.source.UnreadableSourceException;
import io.millrace.modelling.source.WorkFolder;
import io.millrace.modelling.table.Table;
import io.millrace.profiler.core.RejectedDatasetException;
import java.nio.file.Path;

/** The typed table of a file, as the profiler of a run would make it, for commands that start no run. */
public final class TableOfFile {
    private TableOfFile() {}

    /** Profiles and reads a file; throws an IllegalArgumentException that says what is wrong and what to do. */
    public static Table read(String name, Path file, RunSettings asked) {
        SourceSettings settings = SourceSettings.defaults();
        try (WorkFolder folder = WorkFolder.below(settings.scratch())) {
            ProfiledTable profiled = profile(name, file, asked, settings, folder.path());
            return TableReader.read(profiled.parquet(), profiled.profile(), settings);
        } catch (RejectedDatasetException e) {
            throw new IllegalArgumentException(e.getMessage() + " " + e.remedy(), e);
        } catch (UnreadableSourceException e) {
            throw new IllegalArgumentException(e.getMessage() + " " + e.remedy(), e);
        }
    }

    private static ProfiledTable profile(
            String name, Path file, RunSettings asked, SourceSettings settings, Path folder) {
        try (DuckDb db = DuckDb.open(settings, folder, file.toAbsolutePath().getParent())) {
            return new DatasetProfiler(db, settings, folder).profile(name, file.toAbsolutePath(), asked);
        }
    }
}
