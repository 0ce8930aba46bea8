package io.millrace.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;

/**
 * What the texts of an event may hold: every character that can be stored, which a zero character and half a surrogate pair
 * cannot (PostgreSQL's manual, 8.3 and 8.14). Where an event is written they are replaced, since it may quote what a user
 * sent; where one is read they are refused, so that no follower stumbles over them in its database.
 */
final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    /** For a mapper of events. */
    static SimpleModule module() {
        return new SimpleModule("plain-text")
                .addSerializer(String.class, new Writer(false))
                .addKeySerializer(String.class, new Writer(true))
                .addDeserializer(String.class, new Reader())
                .addKeyDeserializer(String.class, new KeyReader());
    }

    /** The text with what cannot be stored replaced. */
    static String of(String text) {
        int bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text);
        for (; bad >= 0; bad = firstBad(text, bad + 1)) {
            plain.setCharAt(bad, REPLACEMENT);
        }
        return plain.toString();
    }

    /** What is wrong with a text, as the end of a sentence; empty where nothing is. */
    static Optional<String> fault(String text) {
        int bad = firstBad(text, 0);
        return bad < 0
                ? Optional.empty()
                : Optional.of(String.format(
                        "holds the character U+%04X at position %d, which no database stores",
                        (int) text.charAt(bad), bad));
    }

    private static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }

    private static final class Writer extends StdSerializer<String> {
        private static final long serialVersionUID = 1L;
        private final boolean key;

        Writer(boolean key) {
            super(String.class);
            this.key = key;
        }

        @Override
        public void serialize(String text, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (key) {
                json.writeFieldName(of(text));
            } else {
                json.writeString(of(text));
            }
        }
    }

    private static final class Reader extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = super.deserialize(json, context);
            Optional<String> fault = text == null ? Optional.empty() : fault(text);
            if (fault.isPresent()) {
                throw JsonMappingException.from(json, "a text " + fault.get());
            }
            return text;
        }
    }

    private static final class KeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            Optional<String> fault = fault(key);
            if (fault.isPresent()) {
                throw JsonMappingException.from(context, "a key " + fault.get());
            }
            return key;
        }
    }
}
