package io.millrace.modelling.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Lets a bounded number of bytes through and then throws: the guard against decompression bombs. */
final class BoundedInputStream extends FilterInputStream {
    private final long most;
    private long seen;

    BoundedInputStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int n = in.read(buffer, offset, length);
        seen += Math.max(0, n);
        if (seen > most) {
            throw new UnreadableSourceException(
                    "too-large",
                    "the file unpacks to more than " + (most >> 20) + " MiB",
                    "Send fewer rows or columns, or raise the profiler's limit if the file is honest.");
        }
        return n;
    }
}
