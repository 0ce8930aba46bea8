package io.millrace.intake;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;

/** Pieces of a file, one after the other, as one stream; holds one piece at a time. */
final class PieceStream extends InputStream {
    private final Iterator<byte[]> pieces;
    private ByteArrayInputStream current = new ByteArrayInputStream(new byte[0]);

    PieceStream(Iterator<byte[]> pieces) {
        this.pieces = pieces;
    }

    @Override
    public int read() {
        return advance() ? current.read() : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) {
        if (length == 0) {
            return 0;
        }
        return advance() ? current.read(target, from, length) : -1;
    }

    private boolean advance() {
        while (current.available() == 0 && pieces.hasNext()) {
            current = new ByteArrayInputStream(pieces.next());
        }
        return current.available() > 0;
    }
}
