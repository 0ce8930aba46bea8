package io.millrace.modelling.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Any encoding in, UTF-8 out, without the byte order mark. What claims to be UTF-8 and is not throws a
 * {@link CharacterCodingException}; other encodings get replacement characters.
 */
final class Utf8InputStream extends InputStream {
    private static final int CHARS = 1 << 16;

    private final Reader reader;
    private final CharBuffer chars = CharBuffer.allocate(CHARS).limit(0);
    private final ByteBuffer bytes = ByteBuffer.allocate(CHARS * 3 + 16).limit(0);
    private final CharsetEncoder encoder = StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private boolean ended;

    Utf8InputStream(InputStream in, TextEncoding encoding) throws IOException {
        in.skipNBytes(encoding.bomBytes());
        CodingErrorAction action = encoding.isUtf8() ? CodingErrorAction.REPORT : CodingErrorAction.REPLACE;
        this.reader = new InputStreamReader(
                in, encoding.charset().newDecoder().onMalformedInput(action).onUnmappableCharacter(action));
    }

    @Override
    public int read() throws IOException {
        return fill() ? bytes.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, bytes.remaining());
        bytes.get(buffer, offset, n);
        return n;
    }

    private boolean fill() throws IOException {
        while (!bytes.hasRemaining() && !ended) {
            chars.compact(); // half of a surrogate pair may be left
            ended = reader.read(chars) < 0;
            chars.flip();
            bytes.clear();
            encoder.encode(chars, bytes, ended);
            bytes.flip();
        }
        return bytes.hasRemaining();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
