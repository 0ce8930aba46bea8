package io.millrace.planner.core.space;

import io.millrace.configuration.Configuration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** The variants of a configuration. A variant is a place in every dimension that means something for it. */
public final class Neighbourhood<C extends Configuration> {
    private final C base;
    private final List<Dimension<C, ?>> dimensions;
    private final double[] origin;

    Neighbourhood(C base, List<Dimension<C, ?>> dimensions) {
        this.base = base;
        this.dimensions = dimensions;
        this.origin = dimensions.stream().mapToDouble(d -> d.place(base)).toArray();
    }

    /** Per dimension how probable its choices are before anything was seen; empty where places are 0 to 1. */
    public List<double[]> weights() {
        return dimensions.stream().map(d -> d.values().weights()).toList();
    }

    /** Where another configuration of the family lies. */
    @SuppressWarnings("unchecked") // a family has one kind of configuration
    public double[] place(Configuration other) {
        return dimensions.stream().mapToDouble(d -> d.place((C) other)).toArray();
    }

    /**
     * Draws which dimensions move.
     *
     * @param boldness how many times as often as declared they do
     */
    public boolean[] moved(SplittableRandom random, double boldness) {
        boolean[] moved = new boolean[dimensions.size()];
        for (int d = 0; d < moved.length; d++) {
            moved[d] = random.nextDouble() < boldness * dimensions.get(d).moved();
        }
        return moved;
    }

    /**
     * Walks to a place: what moves is told where, and with it what begins to mean something or was out of bounds; all else
     * stays where the base is.
     *
     * @param moved which dimensions move
     * @param to where each goes; asked in order, and only for those that go anywhere
     */
    public double[] walk(boolean[] moved, IntToDoubleFunction to) {
        double[] place = new double[moved.length];
        C made = base;
        for (int d = 0; d < place.length; d++) {
            Dimension<C, ?> dimension = dimensions.get(d);
            boolean stays = !moved[d] && dimension.applies(base) && dimension.contains(base);
            place[d] = !dimension.applies(made) ? Double.NaN : stays ? origin[d] : to.applyAsDouble(d);
            made = placed(made, d, place);
        }
        return place;
    }

    /** The variant at a place. */
    public Configuration at(double[] place) {
        C made = base;
        for (int d = 0; d < place.length; d++) {
            made = placed(made, d, place);
        }
        return made;
    }

    private C placed(C configuration, int d, double[] place) {
        boolean goes = !Double.isNaN(place[d]) && place[d] != origin[d];
        return goes ? dimensions.get(d).with(configuration, place[d]) : configuration;
    }
}
