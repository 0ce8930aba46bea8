package io.millrace.http;

import io.millrace.runtime.blob.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Bearer tokens of a file: per line the roles, parted by commas, the SHA-256 of the token in hex, and whatever says whose
 * it is. Blank lines and lines after {@code #} are left out. The token itself is nowhere; it is long and random, so
 * that a plain hash is enough.
 */
final class Tokens {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private record Entry(Set<Role> roles, byte[] sha256) {}

    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = entries;
    }

    /** Reads a file; throws an IllegalArgumentException that names the first line that cannot be used. */
    static Tokens read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the file of tokens " + file + " cannot be read", e);
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                entries.add(entry(line, file + " line " + (i + 1)));
            }
        }
        return new Tokens(entries);
    }

    private static Entry entry(String line, String place) {
        String[] parts = line.split("\\s+", 3);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : parts[0].split(",")) {
            roles.add(Role.named(name).orElseThrow(() -> unusable(place)));
        }
        String sha256 = parts.length < 2 ? "" : parts[1].toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(sha256).matches()) {
            throw unusable(place);
        }
        return new Entry(roles, sha256.getBytes(StandardCharsets.US_ASCII));
    }

    /** Does not show the line: someone may have written the token itself. */
    private static IllegalArgumentException unusable(String place) {
        return new IllegalArgumentException(place + " of the file of tokens cannot be used; write roles ("
                + String.join(
                        ", ", Arrays.stream(Role.values()).map(Role::wireName).toList())
                + ") and the SHA-256 of the token, as in: read,submit 9f86d08...");
    }

    /** Roles of a token, none where it is unknown. Takes as long for every token, so that its time tells nothing. */
    Set<Role> rolesOf(String token) {
        byte[] given =
                Digest.of(token.getBytes(StandardCharsets.UTF_8)).sha256().getBytes(StandardCharsets.US_ASCII);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(given, entry.sha256())) {
                roles.addAll(entry.roles());
            }
        }
        return roles;
    }
}
