package io.millrace.allinone.ratecurve;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.modelling.rangetest.RangeCurve;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class CurveTest {
    /** Falls from 1 to 0.2 between rates of 1e-5 and 1e-2, and flies off to 4 at 1. */
    private final RangeCurve curve = curve();

    @Test
    void theLineFallsFromTheUpperLeftAndEveryMarkStandsBelowItsRate() {
        List<String> lines =
                CurveText.draw(curve, Map.of('M', 1e-5, 'V', 1.0)).lines().toList();

        assertThat(lines).hasSize(17);
        assertThat(leftmost(lines.subList(0, 6))).isLessThan(leftmost(lines.subList(8, 14)));
        assertThat(lines.get(15)).isEqualTo(" ".repeat(11) + "M" + " ".repeat(70) + "V");
        assertThat(lines.get(16)).startsWith(" ".repeat(11) + "1.0e-05").endsWith("1.0e+00");
    }

    @Test
    void theSvgIsWellFormedAndHoldsBothLinesAndEveryMark() throws Exception {
        String svg = CurveSvg.draw(curve, Map.of("minimum", 1e-3, "valley", 1e-4));

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(svg).contains(">minimum<", ">valley<", ">1e-3<").doesNotContain("<script", "NaN");
    }

    @Test
    void whatFliesOffStaysInsideThePicture() {
        CurveScale scale = CurveScale.of(curve);

        assertThat(scale.y(4)).isEqualTo(1);
        assertThat(scale.y(0.2)).isBetween(0.0, 0.2);
        assertThat(scale.x(1e-5)).isZero();
        assertThat(scale.x(1)).isEqualTo(1);
    }

    @Test
    void aSinglePointCanBeDrawn() {
        RangeCurve single = new RangeCurve(List.of(1e-3), List.of(0.7), List.of(0.7), "diverged");

        assertThat(CurveText.draw(single, Map.of())).contains("1.0e-03");
        assertThat(CurveSvg.draw(single, Map.of())).contains("polyline").doesNotContain("NaN");
    }

    private static RangeCurve curve() {
        List<Double> rates = IntStream.range(0, 100)
                .mapToObj(i -> Math.pow(10, -5 + 5 * i / 99.0))
                .toList();
        List<Double> losses = rates.stream()
                .map(r -> r < 1e-2 ? 1 - 0.8 * (Math.log10(r) + 5) / 3 : 0.2 + 3.8 * (Math.log10(r) + 2) / 2)
                .toList();
        return new RangeCurve(rates, losses, losses, "diverged");
    }

    /** Leftmost column with a dot. */
    private static int leftmost(List<String> rows) {
        return rows.stream()
                .mapToInt(row -> IntStream.range(11, row.length())
                        .filter(i -> row.charAt(i) != '\u2800')
                        .findFirst()
                        .orElse(Integer.MAX_VALUE))
                .min()
                .orElseThrow();
    }
}
