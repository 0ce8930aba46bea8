package io.millrace.gateway.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** A place in the list of runs: everything that began before it comes next. */
public record Cursor(Instant begunAt, String id) {
    /** Before the newest run: far in the future, yet within PostgreSQL's years. */
    public static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), "");

    static Cursor after(RunRow row) {
        return new Cursor(row.begunAt(), row.id());
    }

    /** Form for a query parameter. */
    public String text() {
        String plain = begunAt + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads {@link #text()}; throws an IllegalArgumentException where it is none. */
    public static Cursor parse(String text) {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        int space = plain.indexOf(' ');
        try {
            return new Cursor(Instant.parse(plain.substring(0, Math.max(space, 0))), plain.substring(space + 1));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no cursor", e);
        }
    }
}
