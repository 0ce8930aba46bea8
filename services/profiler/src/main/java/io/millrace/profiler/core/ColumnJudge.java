package io.millrace.profiler.core;

import io.millrace.dataset.ColumnKind;
import io.millrace.dataset.ColumnProfile;
import io.millrace.modelling.source.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Decides what a column holds. The rules are asked in order; the first that knows decides. */
public final class ColumnJudge {
    private static final List<String> NO_YES = List.of(
            "false/true", "f/t", "no/yes", "n/y", "off/on", "0/1", "-/+", "absent/present", "negative/positive");
    private static final Pattern ID_NAME =
            Pattern.compile("(?:.*[^a-z])?(id|ids|uuid|guid|key|rownames?|rowid|index|instant|serial|nr)");
    private static final Pattern CALENDAR_NAME = Pattern.compile(".*(year|month|week|day|hour|date|time|age).*");
    private static final double NEARLY_ALL = 0.995;
    private static final double MOST = 0.95;
    private static final long FEW_ODD_WORDS = 3;
    private static final double UNIQUE = 0.95;
    private static final double OFTEN_NEW = 0.5;
    /** A longer value is no name of anything; levels are listed in the profile. */
    public static final int LONGEST_NAME = 1000;

    private ColumnJudge() {}

    /** Decides. */
    public static ColumnDecision judge(ColumnFacts facts) {
        return Stream.<Rule>of(
                        ColumnJudge::constant,
                        ColumnJudge::longText,
                        ColumnJudge::presence,
                        ColumnJudge::bool,
                        ColumnJudge::number,
                        ColumnJudge::date,
                        ColumnJudge::words)
                .map(rule -> rule.on(facts))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> category(facts));
    }

    @FunctionalInterface
    private interface Rule {
        Optional<ColumnDecision> on(ColumnFacts facts);
    }

    private static Optional<ColumnDecision> constant(ColumnFacts facts) {
        if (facts.distinct() == 0) {
            return Optional.of(ColumnDecision.of(ColumnKind.CONSTANT, "has no values"));
        }
        return facts.distinct() == 1 && facts.missing() == 0
                ? Optional.of(ColumnDecision.of(ColumnKind.CONSTANT))
                : Optional.empty();
    }

    private static Optional<ColumnDecision> longText(ColumnFacts facts) {
        return facts.longest() > LONGEST_NAME
                ? Optional.of(ColumnDecision.of(
                        ColumnKind.TEXT, "a value of " + facts.longest() + " characters is no name of a category"))
                : Optional.empty();
    }

    private static Optional<ColumnDecision> presence(ColumnFacts facts) {
        return facts.distinct() == 1
                ? Optional.of(
                        ColumnDecision.of(ColumnKind.CATEGORICAL, "one value or none: its presence may tell something"))
                : Optional.empty();
    }

    private static Optional<ColumnDecision> bool(ColumnFacts facts) {
        if (facts.distinct() != 2) {
            return Optional.empty();
        }
        for (String pair : NO_YES) {
            String no = pair.substring(0, pair.indexOf('/'));
            String yes = pair.substring(pair.indexOf('/') + 1);
            String first = facts.top().get(0);
            String second = facts.top().get(1);
            if (first.equalsIgnoreCase(no) && second.equalsIgnoreCase(yes)) {
                return Optional.of(ColumnDecision.formatted(ColumnKind.BOOLEAN, first + "/" + second));
            }
            if (first.equalsIgnoreCase(yes) && second.equalsIgnoreCase(no)) {
                return Optional.of(ColumnDecision.formatted(ColumnKind.BOOLEAN, second + "/" + first));
            }
        }
        return Optional.empty();
    }

    private static Optional<ColumnDecision> number(ColumnFacts facts) {
        Optional<NumberFormat> format = numberFormat(facts);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        if (format.get() != NumberFormat.PLAIN) {
            return Optional.of(
                    ColumnDecision.formatted(ColumnKind.NUMERIC, format.get().name()));
        }
        boolean integers = facts.integers() == facts.present();
        if (integers && DatePatterns.named(facts.name())) {
            Optional<String> pattern = DatePatterns.best(facts.dates(), facts.present(), true);
            if (pattern.isPresent()) {
                return Optional.of(ColumnDecision.formatted(ColumnKind.DATETIME, pattern.get()));
            }
        }
        if (integers && isRowNumber(facts)) {
            return Optional.of(ColumnDecision.of(ColumnKind.IDENTIFIER, "a different whole number in every row"));
        }
        long odd = facts.present() - facts.numbers(NumberFormat.PLAIN);
        return Optional.of(
                odd == 0
                        ? ColumnDecision.of(ColumnKind.NUMERIC)
                        : ColumnDecision.of(ColumnKind.NUMERIC, odd + " values that are no numbers count as missing"));
    }

    /** The way of writing that makes numbers of all values, or of all but a few odd ones; plain wins over the others. */
    static Optional<NumberFormat> numberFormat(ColumnFacts facts) {
        for (NumberFormat format : NumberFormat.values()) {
            if (facts.numbers(format) == facts.present()) {
                return Optional.of(format);
            }
        }
        for (NumberFormat format : NumberFormat.values()) {
            long odd = facts.present() - facts.numbers(format);
            boolean fewOddWords = format == NumberFormat.PLAIN
                    && facts.distinctNonNumbers() <= FEW_ODD_WORDS
                    && odd <= (1 - MOST) * facts.present();
            if (odd <= (1 - NEARLY_ALL) * facts.present() || fewOddWords) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private static boolean isRowNumber(ColumnFacts facts) {
        if (facts.distinct() != facts.rows()) {
            return false;
        }
        String name = facts.name().toLowerCase(Locale.ROOT);
        boolean consecutive = facts.maximum() - facts.minimum() + 1 == facts.distinct();
        return ID_NAME.matcher(name).matches()
                || (consecutive && !CALENDAR_NAME.matcher(name).matches());
    }

    private static Optional<ColumnDecision> date(ColumnFacts facts) {
        return DatePatterns.best(facts.dates(), facts.present(), false)
                .map(pattern -> ColumnDecision.formatted(ColumnKind.DATETIME, pattern));
    }

    private static Optional<ColumnDecision> words(ColumnFacts facts) {
        double newValues = (double) facts.distinct() / facts.present();
        boolean many = facts.distinct() > ColumnProfile.MAX_LEVELS;
        if (facts.geometries() > MOST * facts.present()) {
            return Optional.of(ColumnDecision.of(ColumnKind.IDENTIFIER, "geometry, which no model here reads"));
        }
        boolean sentences = facts.meanWords() >= 2;
        if (sentences && (newValues > OFTEN_NEW || many)) {
            return Optional.of(ColumnDecision.of(ColumnKind.TEXT));
        }
        if (!sentences && newValues > UNIQUE && facts.distinct() > 20) {
            return Optional.of(ColumnDecision.of(ColumnKind.IDENTIFIER, "a different word in nearly every row"));
        }
        if (!sentences && newValues > OFTEN_NEW && many) {
            return Optional.of(ColumnDecision.of(ColumnKind.IDENTIFIER, "mostly different words"));
        }
        return Optional.empty();
    }

    private static ColumnDecision category(ColumnFacts facts) {
        return facts.distinct() <= ColumnProfile.MAX_LEVELS
                ? ColumnDecision.of(ColumnKind.CATEGORICAL)
                : ColumnDecision.of(
                        ColumnKind.CATEGORICAL,
                        "the " + ColumnProfile.MAX_LEVELS + " most frequent of " + facts.distinct()
                                + " values are levels, the rest counts as unknown");
    }
}
