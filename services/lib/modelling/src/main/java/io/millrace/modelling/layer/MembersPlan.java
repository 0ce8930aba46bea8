package io.millrace.modelling.layer;

import java.util.List;

/**
 * What {@link Members} look at.
 *
 * @param members how many they are
 * @param sources for each column in, what it comes from: columns of one source begin with the same factor
 * @param smooth factors begin as N(0, 1), as suits embedded numbers; otherwise as 1 or -1
 */
public record MembersPlan(int members, List<Integer> sources, boolean smooth) {
    public MembersPlan {
        sources = List.copyOf(sources);
    }
}
