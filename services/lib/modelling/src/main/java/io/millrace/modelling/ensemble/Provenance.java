package io.millrace.modelling.ensemble;

import io.millrace.events.SearchCompleted;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a model comes from: what went in, and what computed it. */
public final class Provenance {
    private Provenance() {}

    /** Digests of the typed table and its profile, seed, and versions of Millrace, Java and the platform. */
    public static SortedMap<String, String> of(String run, SearchCompleted search) {
        return new TreeMap<>(Map.of(
                "run", run,
                "table.sha256", search.table().sha256(),
                "profile.sha256", search.profile().sha256(),
                "seed", Long.toString(search.seed()),
                "millrace.version",
                        Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
                                .orElse("development"),
                "java.version", System.getProperty("java.version"),
                "java.vendor", System.getProperty("java.vendor"),
                "os.name", System.getProperty("os.name"),
                "os.arch", System.getProperty("os.arch")));
    }
}
