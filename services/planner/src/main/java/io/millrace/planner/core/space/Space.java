package io.millrace.planner.core.space;

import io.millrace.configuration.Configuration;
import io.millrace.events.DatasetProfiled;
import java.util.List;

/**
 * What may be chosen of a family's configurations.
 *
 * @param family name of the family
 * @param share how often the family is sampled, of as many samples as the shares of all families add up to
 * @param dimensions in the order in which they are chosen: what another one depends on comes before it
 * @param <C> kind of configuration
 */
public record Space<C extends Configuration>(String family, int share, List<Dimension<C, ?>> dimensions) {
    public Space {
        dimensions = List.copyOf(dimensions);
    }

    /** Those that mean something on a data set, as far as variants of a configuration of the family may go. */
    public Neighbourhood<C> around(Configuration base, DatasetProfiled dataset) {
        C own = own(base);
        return new Neighbourhood<>(
                own,
                dimensions.stream()
                        .filter(d -> d.quantity().on().test(dataset))
                        .<Dimension<C, ?>>map(d -> narrowed(d, own))
                        .toList());
    }

    private static <C extends Configuration, T> Dimension<C, T> narrowed(Dimension<C, T> dimension, C base) {
        return dimension.near(base);
    }

    /** Names of the quantities of which a configuration of the family has a value that is not declared. */
    public List<String> outside(Configuration configuration) {
        C own = own(configuration);
        return dimensions.stream()
                .filter(d -> !d.contains(own))
                .map(d -> d.quantity().name())
                .toList();
    }

    @SuppressWarnings("unchecked") // a family has one kind of configuration
    private C own(Configuration configuration) {
        if (!configuration.family().equals(family)) {
            throw new IllegalArgumentException("a " + configuration.family() + " is not in the space of " + family);
        }
        return (C) configuration;
    }
}
