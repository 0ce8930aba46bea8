package io.millrace.modelling.trial;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.learn.FittedModel;
import java.util.Map;

/** Reads a fitted model of one kind again. */
@FunctionalInterface
public interface ModelReader {
    /** Reads what {@link FittedModel#parts()} gave; throws an IllegalArgumentException for anything else. */
    FittedModel read(Map<String, byte[]> parts, DatasetProfile profile);
}
