package io.millrace.scorer.core;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest model of every name, in whatever order they are heard of. Safe for use by many threads. */
public final class NewestModels {
    private final SortedMap<String, Published> byName = new ConcurrentSkipListMap<>();

    /** Takes one that was published; an older one than is known changes nothing. */
    public void add(Published published) {
        byName.merge(published.model().name(), published, NewestModels::newer);
    }

    private static Published newer(Published known, Published heard) {
        return heard.model().publishedAt().isBefore(known.model().publishedAt()) ? known : heard;
    }

    /** The newest of a name. */
    public Optional<Published> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The newest of each name, by name. */
    public List<Published> all() {
        return List.copyOf(byName.values());
    }
}
