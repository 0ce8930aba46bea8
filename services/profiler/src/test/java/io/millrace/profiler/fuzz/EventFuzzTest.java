package io.millrace.profiler.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.events.Event;
import io.millrace.events.EventType;
import io.millrace.runtime.Envelope;
import io.millrace.runtime.codec.CloudEvents;
import io.millrace.runtime.codec.DecodingException;
import io.millrace.runtime.codec.Json;
import io.millrace.runtime.codec.WireEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever lies in a topic, the codec reads it as an event or says why it is none. */
class EventFuzzTest {
    private static final int ITERATIONS = 5_000;

    private static List<WireEvent> seeds() {
        return Arrays.stream(EventType.values()).map(EventFuzzTest::golden).toList();
    }

    private static WireEvent golden(EventType type) {
        try (InputStream in = EventType.class.getResourceAsStream("/examples/" + type.eventName() + ".v1.json")) {
            Event event = Json.read(in.readAllBytes(), type.payload());
            return CloudEvents.encode(new Envelope<>(
                    "id", "subject", "run-1", Optional.empty(), Optional.empty(), "/fuzz", Instant.EPOCH, event));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aSpoiledRecordIsAnEventOrNoneWithAReason() {
        List<WireEvent> seeds = seeds();
        Fuzz.run(ITERATIONS, random -> {
            WireEvent record = spoiled(seeds.get(random.nextInt(seeds.size())), random);
            try {
                Envelope<? extends Event> event = CloudEvents.decode(record);
                assertThat(CloudEvents.decode(CloudEvents.encode(event))).isEqualTo(event);
                assertThat(Json.tree(event.event()) + event.subject()).doesNotContain("\\u0000", "\0");
            } catch (DecodingException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        });
    }

    private static WireEvent spoiled(WireEvent good, RandomGenerator random) {
        if (random.nextInt(4) > 0) {
            byte[] value =
                    random.nextInt(8) == 0 ? withZero(good.value(), random) : Mutation.some(good.value(), random);
            return new WireEvent(good.topic(), good.key(), good.headers(), value);
        }
        Map<String, String> headers = new HashMap<>(good.headers());
        List<String> names = headers.keySet().stream().sorted().toList();
        headers.compute(names.get(random.nextInt(names.size())), (name, text) -> text(text, random));
        return new WireEvent(good.topic(), text(good.key(), random), headers, good.value());
    }

    /** A zero character before a quotation mark, and so at the end of a text or a name: JSON can write it, databases cannot store it. */
    private static byte[] withZero(byte[] json, RandomGenerator random) {
        String text = new String(json, UTF_8);
        int quote = text.indexOf('"', random.nextInt(text.length()));
        return (quote < 0 ? text : text.substring(0, quote) + "\\u0000" + text.substring(quote)).getBytes(UTF_8);
    }

    private static String text(String good, RandomGenerator random) {
        return random.nextInt(3) == 0 ? good : new String(Mutation.some(good.getBytes(UTF_8), random), UTF_8);
    }
}
