package io.millrace.planner.core;

import io.millrace.configuration.Configuration;
import io.millrace.configuration.NetworkConfiguration;
import java.util.Optional;

/** How many rows a trial on a large table sees: as many as its share of the remaining time pays for. */
final class RowLimits {
    /** Before there is a result, the first one must come early. */
    private static final double FIRST_SHARE = 0.25;

    private static final double USUAL_SHARE = 0.4;
    private static final int LEAST_ROWS = 5_000;
    private static final int STEP = 1_000;
    /** A run that counts trials must not look at the clock; networks then see so many rows. */
    private static final int NETWORK_ROWS = 100_000;

    private RowLimits() {}

    /** Of a trial that goes by nobody else's rows. */
    static Optional<Integer> of(Draft draft, Configuration configuration) {
        if (!draft.regime.sampled()) {
            return Optional.empty();
        }
        if (draft.clock.isEmpty()) {
            return configuration instanceof NetworkConfiguration ? limit(draft, NETWORK_ROWS) : Optional.empty();
        }
        double share = draft.usable() ? USUAL_SHARE : FIRST_SHARE;
        double allowed = share * Math.max(0.1, draft.clock.get().left(draft.now));
        double whole = draft.model.seconds(draft.costs, configuration, 1, Optional.empty());
        return whole <= allowed
                ? Optional.empty()
                : limit(draft, draft.model.foldRows(Optional.empty()) * allowed / whole);
    }

    /**
     * Of a proposal, when it is weighed as when it is requested: the share of the rows that it asks for; of a cure as many as the trial
     * saw that it is held against; else as many as time pays for.
     */
    static Optional<Integer> of(
            Draft draft, Configuration configuration, Optional<Double> dataShare, Optional<Trial> parent) {
        if (dataShare.isPresent()) {
            return share(draft, dataShare.get());
        }
        return parent.isPresent() ? parent.get().rowLimit() : of(draft, configuration);
    }

    private static Optional<Integer> share(Draft draft, double share) {
        return share >= 1
                ? Optional.empty()
                : Optional.of((int) Math.max(1, Math.round(share * draft.model.foldRows(Optional.empty()))));
    }

    private static Optional<Integer> limit(Draft draft, double rows) {
        int limit = (int) Math.max(LEAST_ROWS, Math.round(rows / STEP) * STEP);
        return limit < draft.model.foldRows(Optional.empty()) ? Optional.of(limit) : Optional.empty();
    }
}
