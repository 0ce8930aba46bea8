package io.millrace.modelling.network;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** The native library under the networks: loaded once per process, set up for one model per thread. */
public final class NativeBackend {
    private NativeBackend() {}

    /** Loads the library unless it is loaded; a service calls it early so that the first job need not wait. */
    public static void load() {
        Loaded.touch();
    }

    /** Bytes outside the heap that arrays of this process hold; 0 before the library is loaded. */
    public static long bytes() {
        return Pointer.totalBytes();
    }

    private static final class Loaded {
        static {
            Loader.load(openblas_nolapack.class);
            openblas_nolapack.blas_set_num_threads(1);
        }

        static void touch() {}
    }
}
