package io.millrace.profiler.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Spoils bytes, a little at a time. Equal generators spoil equally. */
enum Mutation {
    FLIP {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            byte[] to = from.clone();
            to[random.nextInt(to.length)] ^= (byte) (1 << random.nextInt(8));
            return to;
        }
    },
    OVERWRITE {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            byte[] to = from.clone();
            int at = random.nextInt(to.length);
            for (int i = at; i < Math.min(to.length, at + 1 + random.nextInt(8)); i++) {
                to[i] = (byte) random.nextInt(256);
            }
            return to;
        }
    },
    CUT {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            return Arrays.copyOf(from, random.nextInt(from.length));
        }
    },
    DROP {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            int at = random.nextInt(from.length);
            return spliced(from, at, Math.min(from.length, at + 1 + random.nextInt(64)), new byte[0]);
        }
    },
    REPEAT {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            int at = random.nextInt(from.length);
            byte[] piece = Arrays.copyOfRange(from, at, Math.min(from.length, at + 1 + random.nextInt(64)));
            ByteArrayOutputStream many = new ByteArrayOutputStream();
            for (int i = random.nextInt(1 << random.nextInt(11)); i >= 0; i--) {
                many.writeBytes(piece);
            }
            return spliced(from, at, at, many.toByteArray());
        }
    },
    INSERT {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            int at = random.nextInt(from.length + 1);
            return spliced(from, at, at, TOKENS.get(random.nextInt(TOKENS.size())));
        }
    },
    REPLACE_BYTE {
        @Override
        byte[] apply(byte[] from, RandomGenerator random) {
            byte[] to = from.clone();
            byte old = to[random.nextInt(to.length)];
            byte fresh = to[random.nextInt(to.length)];
            for (int i = 0; i < to.length; i++) {
                to[i] = to[i] == old ? fresh : to[i];
            }
            return to;
        }
    };

    /** What parsers stumble over. */
    private static final List<byte[]> TOKENS = List.of(
            new byte[] {0},
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xff, (byte) 0xfe},
            new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
            new byte[] {0x1f, (byte) 0x8b, 8, 0},
            "\"".getBytes(UTF_8),
            "\r".getBytes(UTF_8),
            "\n\n".getBytes(UTF_8),
            ",,,,".getBytes(UTF_8),
            "'".getBytes(UTF_8),
            "\\".getBytes(UTF_8),
            "{".getBytes(UTF_8),
            "[".getBytes(UTF_8),
            "}".getBytes(UTF_8),
            "]".getBytes(UTF_8),
            "null".getBytes(UTF_8),
            "NaN".getBytes(UTF_8),
            "-inf".getBytes(UTF_8),
            "1e999".getBytes(UTF_8),
            "-1e308".getBytes(UTF_8),
            "9".repeat(400).getBytes(UTF_8),
            "2020-02-30".getBytes(UTF_8),
            "0001-01-01 25:61".getBytes(UTF_8),
            "PAR1".getBytes(UTF_8),
            "sep=|\n".getBytes(UTF_8),
            "{\"a\":{\"b\":[1,{}]}}\n".getBytes(UTF_8),
            "\u0000\uD83D\uDE00\u202e".getBytes(UTF_8));

    /** Spoiled bytes; {@code from} has at least one. */
    abstract byte[] apply(byte[] from, RandomGenerator random);

    /** One to five mutations. */
    static byte[] some(byte[] from, RandomGenerator random) {
        byte[] to = from;
        for (int i = random.nextInt(5); i >= 0 && to.length > 0; i--) {
            to = values()[random.nextInt(values().length)].apply(to, random);
        }
        return to;
    }

    private static byte[] spliced(byte[] from, int start, int end, byte[] middle) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(from, 0, start);
        out.writeBytes(middle);
        out.write(from, end, from.length - end);
        return out.toByteArray();
    }
}
