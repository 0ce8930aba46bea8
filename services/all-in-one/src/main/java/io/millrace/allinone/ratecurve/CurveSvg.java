package io.millrace.allinone.ratecurve;

import io.millrace.modelling.rangetest.RangeCurve;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A range test's curve as SVG: single losses pale, the smoothed loss strong, marked rates as lines. No script, no font. */
public final class CurveSvg {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 70;
    private static final int BOTTOM = 40;
    private static final int TOP = 34;

    private final CurveScale scale;

    private CurveSvg(CurveScale scale) {
        this.scale = scale;
    }

    /**
     * Draws a curve of at least one point.
     *
     * @param marks rates to mark, by the name of what suggests them; names are the program's own and need no escape
     */
    public static String draw(RangeCurve curve, Map<String, Double> marks) {
        return new CurveSvg(CurveScale.of(curve)).document(curve, marks);
    }

    private String document(RangeCurve curve, Map<String, Double> marks) {
        StringBuilder svg = new StringBuilder(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"11\">%n<title>Learning-rate range test</title>%n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        for (double exponent = Math.ceil(Math.log10(scale.lowestRate()) - 1e-9);
                exponent <= Math.log10(scale.highestRate()) + 1e-9;
                exponent++) {
            double x = x(Math.pow(10, exponent));
            svg.append(line(x, TOP, x, HEIGHT - BOTTOM, "#e0e0e0"))
                    .append(label(x, HEIGHT - BOTTOM + 16, "middle", text("1e%.0f", exponent)));
        }
        for (int i = 0; i <= 4; i++) {
            double loss = scale.lowestLoss() + (scale.highestLoss() - scale.lowestLoss()) * i / 4;
            svg.append(line(LEFT, y(loss), WIDTH - 10, y(loss), "#e0e0e0"))
                    .append(label(LEFT - 6, y(loss) + 4, "end", text("%.4g", loss)));
        }
        svg.append(label((LEFT + WIDTH) / 2.0, HEIGHT - 6, "middle", "learning rate"))
                .append(label(8, 14, "start", "loss"))
                .append(polyline(curve.rates(), curve.losses(), "#b0c4de", 1))
                .append(polyline(curve.rates(), curve.smoothed(), "#1f4e9c", 2));
        int row = 0;
        for (Map.Entry<String, Double> mark : marks.entrySet()) {
            double x = x(mark.getValue());
            svg.append(line(x, TOP, x, HEIGHT - BOTTOM, "#c0392b"))
                    .append(label(x, 12 + 11.0 * (row++ % 2), "middle", mark.getKey()));
        }
        return svg.append("</svg>\n").toString();
    }

    private String polyline(List<Double> rates, List<Double> losses, String colour, int width) {
        String points = IntStream.range(0, rates.size())
                .mapToObj(i -> text("%.1f,%.1f", x(rates.get(i)), y(losses.get(i))))
                .collect(Collectors.joining(" "));
        return text(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>%n", points, colour, width);
    }

    private static String line(double x0, double y0, double x1, double y1, String colour) {
        return text("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n", x0, y0, x1, y1, colour);
    }

    private static String label(double x, double y, String anchor, String words) {
        return text("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words);
    }

    private double x(double rate) {
        return LEFT + scale.x(rate) * (WIDTH - 10 - LEFT);
    }

    private double y(double loss) {
        return HEIGHT - BOTTOM - scale.y(loss) * (HEIGHT - BOTTOM - TOP);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
