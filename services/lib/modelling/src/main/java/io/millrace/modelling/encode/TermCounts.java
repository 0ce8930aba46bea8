package io.millrace.modelling.encode;

import io.millrace.configuration.NetworkConfiguration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** In how many texts of a feature each term occurs, which decides what networks see of them. */
public final class TermCounts {
    private static final int LEAST_TEXTS = 2;

    private final Map<String, Integer> texts = new HashMap<>();
    private int read;

    /** Reads a text; null where it is missing. */
    public void add(String text) {
        read++;
        if (text != null) {
            Tokens.count(text).keySet().forEach(term -> texts.merge(term, 1, Integer::sum));
        }
    }

    /** How many terms networks see of texts like these. */
    public int seen() {
        return (int) texts.values().stream()
                .filter(n -> n >= LEAST_TEXTS)
                .limit(NetworkConfiguration.MOST_TERMS)
                .count();
    }

    /** Texts that were read, missing ones included. */
    int read() {
        return read;
    }

    /** The terms of most texts and in how many of them they are, falling. */
    List<Map.Entry<String, Integer>> mostFrequent(int most) {
        return texts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_TEXTS)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .toList();
    }
}
