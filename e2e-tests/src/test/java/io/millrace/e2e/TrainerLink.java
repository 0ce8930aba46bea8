package io.millrace.e2e;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What lies between a trainer and the broker and can be cut as a cable is: no connection breaks, nothing arrives. */
interface TrainerLink extends AutoCloseable {
    /** Host and port by which the trainer reaches the broker. */
    String entrance();

    /** Host and port on which the broker listens behind it. */
    String target();

    /** Command that puts the trainer behind it; empty where its address alone does. */
    List<String> launcher();

    /** Settings of the trainer that make it notice in time what happens to this link; {@code MILLRACE_*} variables. */
    Map<String, String> clients();

    void cut() throws Exception;

    /** From now on everything arrives again. */
    void mend() throws Exception;

    @Override
    void close() throws IOException;
}
