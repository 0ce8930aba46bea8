package io.millrace.intake.core;

import io.millrace.runtime.submission.DatasetName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells when a file in the inbox is whole: its size and time are the same in two looks at least {@code settle} apart. An
 * empty file has to stay so for five times as long, for many writers create first and write later. A data set waits for
 * its side file to be whole. Data sets that have one side file in common come one per look, and it leaves with the last.
 */
public final class InboxWatch {
    private static final int EMPTY_SETTLES = 5;
    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".crdownload");
    private static final String SIDE = ".json";

    private final Duration settle;
    private final Map<String, Sighting> sightings = new HashMap<>();

    private record Sighting(FileFacts facts, Instant since) {}

    public InboxWatch(Duration settle) {
        this.settle = settle;
    }

    /** Takes what the folder holds now; answers what is whole, by name. What stays in the folder is answered again. */
    public List<Drop> observe(Instant now, Collection<FileFacts> listing) {
        Map<String, FileFacts> files = new TreeMap<>();
        listing.stream().filter(f -> !isIgnored(f.name())).forEach(f -> files.put(f.name(), f));
        sightings.keySet().retainAll(files.keySet());
        files.values()
                .forEach(f -> sightings.merge(
                        f.name(),
                        new Sighting(f, now),
                        (old, fresh) -> old.facts().equals(fresh.facts()) ? old : fresh));
        List<Drop> drops = new ArrayList<>();
        Set<String> shared = new HashSet<>();
        for (FileFacts data : files.values()) {
            Optional<FileFacts> side = Optional.ofNullable(files.get(sideOf(data)));
            if (!isSide(data.name()) && isWhole(data, now) && side.stream().allMatch(s -> isWhole(s, now))) {
                boolean sideStays = side.isPresent()
                        && files.values().stream().anyMatch(other -> !other.equals(data) && isFor(side.get(), other));
                if (!sideStays || shared.add(sideOf(data))) {
                    drops.add(new Drop(data, side, sideStays));
                }
            }
        }
        return drops;
    }

    /** Lets a file settle anew, for instance because it could not be taken. */
    public void forget(String name) {
        sightings.remove(name);
    }

    private boolean isWhole(FileFacts facts, Instant now) {
        Duration needed = facts.regular() && facts.bytes() == 0 ? settle.multipliedBy(EMPTY_SETTLES) : settle;
        return !now.isBefore(sightings.get(facts.name()).since().plus(needed));
    }

    private static boolean isFor(FileFacts side, FileFacts data) {
        return !isSide(data.name()) && sideOf(data).equals(side.name());
    }

    private static String sideOf(FileFacts data) {
        return DatasetName.stem(data.name()) + SIDE;
    }

    private static boolean isSide(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(SIDE);
    }

    private static boolean isIgnored(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") || UNFINISHED.stream().anyMatch(lower::endsWith);
    }
}
