package io.millrace.planner.core.space;

import io.millrace.configuration.Configuration;
import java.util.List;

/** The search spaces: one file per family. */
public final class Spaces {
    /** The space of every family. */
    public static final List<Space<?>> ALL = List.of(
            BoostingSpace.SPACE,
            ForestSpace.SPACE,
            LinearSpace.SPACE,
            MlpSpace.SPACE,
            ResnetSpace.SPACE,
            TabmSpace.SPACE,
            BoostedSpace.SPACE,
            RealMlpSpace.SPACE,
            RealMlpSimpleSpace.SPACE,
            NeighboursSpace.SPACE,
            GaussianSpace.SPACE);

    private Spaces() {}

    /** The space that a configuration belongs to. */
    public static Space<?> of(Configuration configuration) {
        return ALL.stream()
                .filter(space -> space.family().equals(configuration.family()))
                .findFirst()
                .orElseThrow();
    }
}
