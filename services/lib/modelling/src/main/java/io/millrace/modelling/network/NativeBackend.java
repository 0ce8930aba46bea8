package io.millrace.modelling.network;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The native library under the networks: loaded once per process (about a second), set up for one model per thread. */
public final class NativeBackend {
    private static final List<String> TALKATIVE = List.of("org.nd4j", "org.deeplearning4j");

    private NativeBackend() {}

    /** Loads the library unless it is loaded; a service calls it early so that the first job need not wait. */
    public static void load() {
        Loaded.touch();
    }

    /** Gives back what Deeplearning4j keeps for the calling thread between iterations. */
    static void releaseThread() {
        Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }

    private static final class Loaded {
        static {
            for (String name : TALKATIVE) {
                // slf4j-simple reads this when a logger is made; it tells the CPU's features at INFO, nobody asked
                String property = "org.slf4j.simpleLogger.log." + name;
                System.setProperty(property, System.getProperty(property, "warn"));
            }
            Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
            // Arrays are closed by hand, so that a System.gc() every few seconds would only stop the other threads.
            Nd4j.getMemoryManager().togglePeriodicGc(false);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        }

        static void touch() {}
    }
}
