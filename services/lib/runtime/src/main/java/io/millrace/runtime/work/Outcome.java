package io.millrace.runtime.work;

import io.millrace.runtime.Emission;
import java.util.List;

/**
 * How work on an event ended.
 *
 * @param emissions what is published for it
 * @param givenUp whether they tell of a failure, so that the record goes to the dead letters whoever lets go of it
 */
public record Outcome(List<Emission> emissions, boolean givenUp) {
    public Outcome {
        emissions = List.copyOf(emissions);
    }

    static Outcome result(List<Emission> emissions) {
        return new Outcome(emissions, false);
    }

    static Outcome failure(List<Emission> emissions) {
        return new Outcome(emissions, true);
    }
}
