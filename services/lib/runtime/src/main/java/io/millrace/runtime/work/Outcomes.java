package io.millrace.runtime.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.events.EventType;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.Emission;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each event led to, kept as blobs {@code results/GROUP/CAUSE.json}. The first outcome of a cause stands: written
 * with a conditional put, it is the one fence between two workers that both hold the same event.
 */
public final class Outcomes {
    private static final String RESULTS = "results/";
    private static final String ATTEMPTS = "attempts/";
    private static final String JSON = ".json";

    private final BlobStore blobs;
    private final String group;

    /** @param group whose work it is */
    public Outcomes(BlobStore blobs, String group) {
        this.blobs = blobs;
        this.group = group;
    }

    /** An emission as it is stored. A result is the list of them. */
    private record Stored(String subject, String type, JsonNode event) {}

    /** A failure as it is stored. */
    private record GivenUp(List<Stored> givenUp) {}

    /** The outcome that stands, if there is one. */
    public Optional<Outcome> find(String causeId) {
        return blobs.find(key(causeId)).map(json -> decode(key(causeId), json));
    }

    /** Makes this the outcome unless there is one; returns the one that stands. */
    Outcome claim(String causeId, Outcome outcome) {
        BlobStore.Claim claim = blobs.putIfAbsent(key(causeId), encode(outcome));
        return claim.won() ? outcome : decode(key(causeId), blobs.read(claim.stored()));
    }

    /** Tries that were begun before this one and had no outcome; counts this one. */
    int begin(String causeId) {
        int before = blobs.find(attemptsKey(causeId))
                .map(count -> Integer.parseInt(new String(count, StandardCharsets.US_ASCII)))
                .orElse(0);
        store(causeId, before + 1);
        return before;
    }

    /** Takes back the last count: the try was stopped from outside and says nothing of the event. */
    void forgive(String causeId, int before) {
        if (before == 0) {
            forget(causeId);
        } else {
            store(causeId, before);
        }
    }

    /** Forgets the tries of a cause that has its outcome. */
    void forget(String causeId) {
        blobs.delete(attemptsKey(causeId));
    }

    /** Forgets how a cause ended and how often it was tried, so that it can be tried as if for the first time. */
    public void reopen(String causeId) {
        blobs.delete(key(causeId));
        forget(causeId);
    }

    /**
     * Keys of what is recorded about each of these causes, whichever group handled them; a cause of which nothing is recorded is
     * left out. Lists everything that is recorded, so that many causes are better asked for at once.
     */
    public static Map<String, List<String>> keysOf(BlobStore blobs, Set<String> causeIds) {
        return Stream.of(RESULTS, ATTEMPTS)
                .flatMap(kind -> blobs.list(kind).stream())
                .filter(key -> causeIds.contains(causeOf(key)))
                .collect(Collectors.groupingBy(Outcomes::causeOf));
    }

    private static String causeOf(String key) {
        return key.substring(key.lastIndexOf('/') + 1).replace(JSON, "");
    }

    private void store(String causeId, int count) {
        blobs.put(attemptsKey(causeId), Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
    }

    private String key(String causeId) {
        return RESULTS + group + "/" + causeId + JSON;
    }

    private String attemptsKey(String causeId) {
        return ATTEMPTS + group + "/" + causeId;
    }

    private static byte[] encode(Outcome outcome) {
        List<Stored> emissions = outcome.emissions().stream()
                .map(e -> new Stored(e.subject(), EventType.of(e.event()).ceType(), Json.tree(e.event())))
                .toList();
        return Json.write(outcome.givenUp() ? new GivenUp(emissions) : emissions);
    }

    private static Outcome decode(String key, byte[] json) {
        try {
            JsonNode stored = Json.read(json, JsonNode.class);
            boolean givenUp = stored.isObject();
            List<Stored> emissions =
                    givenUp ? Json.read(stored, GivenUp.class).givenUp() : List.of(Json.read(stored, Stored[].class));
            return new Outcome(emissions.stream().map(Outcomes::emission).toList(), givenUp);
        } catch (DecodingException e) {
            throw new EventHandlingException(
                    Kind.POISON, "the recorded outcome " + key + " cannot be read; delete it to try again", e);
        }
    }

    private static Emission emission(Stored stored) {
        EventType type = EventType.ofCeType(stored.type())
                .orElseThrow(() -> new DecodingException("the event type " + stored.type() + " is not known"));
        return new Emission(stored.subject(), Json.read(stored.event(), type.payload()));
    }
}
