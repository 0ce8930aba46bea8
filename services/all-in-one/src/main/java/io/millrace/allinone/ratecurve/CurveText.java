package io.millrace.allinone.ratecurve;

import io.millrace.modelling.rangetest.RangeCurve;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** A range test's smoothed curve in the terminal: Braille characters (U+2800), two dots across and four down each. */
public final class CurveText {
    private static final int COLUMNS = 72;
    private static final int ROWS = 14;
    private static final int BLANK = 0x2800;
    /** Bits of the dots of a character, by row from the top and column. */
    private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

    private CurveText() {}

    /**
     * Draws a curve of at least one point.
     *
     * @param marks rates to mark below the axis, by a letter each
     */
    public static String draw(RangeCurve curve, Map<Character, Double> marks) {
        CurveScale scale = CurveScale.of(curve);
        int[][] cells = new int[ROWS][COLUMNS];
        for (int i = 1; i < curve.rates().size(); i++) {
            double x0 = scale.x(curve.rates().get(i - 1));
            double x1 = scale.x(curve.rates().get(i));
            double y0 = scale.y(curve.smoothed().get(i - 1));
            double y1 = scale.y(curve.smoothed().get(i));
            for (int part = 0; part <= 40; part++) {
                dot(cells, x0 + (x1 - x0) * part / 40, y0 + (y1 - y0) * part / 40);
            }
        }
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < ROWS; row++) {
            double loss = scale.highestLoss() - (scale.highestLoss() - scale.lowestLoss()) * row / (ROWS - 1);
            text.append(String.format(Locale.ROOT, "%9.4g \u2502", loss));
            Arrays.stream(cells[row]).forEach(bits -> text.appendCodePoint(BLANK + bits));
            text.append(System.lineSeparator());
        }
        text.append(" ".repeat(10))
                .append('\u2514')
                .append("\u2500".repeat(COLUMNS))
                .append(System.lineSeparator());
        char[] below = " ".repeat(COLUMNS).toCharArray();
        marks.forEach((letter, rate) -> below[(int) Math.round(scale.x(rate) * (COLUMNS - 1))] = letter);
        text.append(" ".repeat(11)).append(below).append(System.lineSeparator());
        String left = String.format(Locale.ROOT, "%.1e", scale.lowestRate());
        String right = String.format(Locale.ROOT, "%.1e", scale.highestRate());
        text.append(" ".repeat(11))
                .append(left)
                .append(" ".repeat(COLUMNS - left.length() - right.length()))
                .append(right)
                .append(System.lineSeparator());
        return text.toString();
    }

    private static void dot(int[][] cells, double x, double y) {
        int column = (int) Math.round(x * (2 * COLUMNS - 1));
        int row = (int) Math.round((1 - y) * (4 * ROWS - 1));
        cells[row / 4][column / 2] |= DOTS[row % 4][column % 2];
    }
}
