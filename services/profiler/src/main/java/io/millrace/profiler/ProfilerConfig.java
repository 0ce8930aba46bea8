package io.millrace.profiler;

import io.millrace.modelling.source.SourceSettings;
import io.millrace.runtime.Environment;
import java.nio.file.Path;

/**
 * What the profiler can be told.
 *
 * @param slots data sets at once
 * @param threads threads of DuckDB per data set
 * @param memoryMegabytes memory of DuckDB per data set before it spills to disk
 * @param mostMegabytes most MiB of a file after decompression
 */
public record ProfilerConfig(int slots, int threads, int memoryMegabytes, int mostMegabytes) {
    /** Reads {@code MILLRACE_PROFILER_SLOTS}, {@code _THREADS}, {@code _MEMORY_MB} and {@code _MOST_MB}. */
    public static ProfilerConfig from(Environment env) {
        return new ProfilerConfig(
                env.count("MILLRACE_PROFILER_SLOTS", 1, 1, 64),
                env.count("MILLRACE_PROFILER_THREADS", 2, 1, 64),
                env.count("MILLRACE_PROFILER_MEMORY_MB", 2048, 128, 1 << 20),
                env.count("MILLRACE_PROFILER_MOST_MB", 16 << 10, 1, 1 << 20));
    }

    SourceSettings sourceSettings(Path scratch) {
        return new SourceSettings(threads, memoryMegabytes, (long) mostMegabytes << 20, scratch);
    }
}
