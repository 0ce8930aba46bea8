package io.millrace.runtime;

/** Where records come from that are no events of ours: a way in for any Kafka client. */
@FunctionalInterface
public interface RawRecordSource {
    /**
     * Takes every record of a topic in the name of a consumer group, from the earliest, those of one partition in their
     * order. At least once: the offset is committed after the handler has returned. Creates the topic when it is missing.
     */
    Subscription subscribe(String topic, String group, Handler handler);

    /** Takes one record. */
    @FunctionalInterface
    interface Handler {
        /** Takes one record. When it throws, the record comes again, after a while, until it is taken. */
        void on(RawRecord input) throws Exception;
    }
}
