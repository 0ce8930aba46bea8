package io.millrace.modelling.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Arrays of numbers one after another, as little-endian 32-bit floats. */
final class FloatBytes {
    private FloatBytes() {}

    static byte[] of(List<float[]> arrays) {
        byte[] bytes = new byte[Math.multiplyExact(4, size(arrays))];
        FloatBuffer floats = floats(bytes);
        arrays.forEach(floats::put);
        return bytes;
    }

    /** Fills the arrays with what {@link #of} made; throws an IllegalArgumentException for more or fewer numbers. */
    static void into(List<float[]> arrays, byte[] bytes) {
        if (bytes.length != 4L * size(arrays)) {
            throw new IllegalArgumentException(bytes.length + " bytes for " + size(arrays) + " numbers of four");
        }
        FloatBuffer floats = floats(bytes);
        arrays.forEach(floats::get);
    }

    private static int size(List<float[]> arrays) {
        return arrays.stream().mapToInt(array -> array.length).reduce(0, Math::addExact);
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
