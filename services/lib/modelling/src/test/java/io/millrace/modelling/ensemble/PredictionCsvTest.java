package io.millrace.modelling.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.table.Matrix;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PredictionCsvTest {
    @Test
    void classesGetTheLabelAndAColumnEach() throws IOException {
        assertThat(csv(Profiles.classes("no", "yes"), new Matrix(2, 2, new float[] {.25f, .75f, .9f, .1f})))
                .isEqualTo("prediction,no,yes\nyes,0.25,0.75\nno,0.9,0.1\n");
    }

    @Test
    void regressionGetsTheValue() throws IOException {
        assertThat(csv(Profiles.regression(), new Matrix(3, 1, new float[] {1.5f, -20f, 0x1p40f})))
                .isEqualTo("prediction\n1.5\n-20\n1.09951163E12\n");
    }

    @Test
    void labelsWithCommasQuotesAndBreaksAreQuoted() throws IOException {
        assertThat(csv(Profiles.classes("a,b", "say \"x\"\n"), new Matrix(1, 2, new float[] {1, 0})))
                .isEqualTo("prediction,\"a,b\",\"say \"\"x\"\"\n\"\n\"a,b\",1,0\n");
    }

    @Test
    void aLabelThatASpreadsheetWouldRunIsTextAndANumberStaysOne() throws IOException {
        Matrix predictions = new Matrix(1, 4, new float[] {1, 0, 0, 0});
        assertThat(csv(Profiles.classes("=cmd|' /C calc'!A1", "@SUM(A1)", "-1.5e3", "- none"), predictions))
                .isEqualTo("prediction,'=cmd|' /C calc'!A1,'@SUM(A1),-1.5e3,'- none\n'=cmd|' /C calc'!A1,1,0,0,0\n");
    }

    @Test
    void aLabelCalledPredictionGetsAnotherHeader() throws IOException {
        assertThat(csv(Profiles.classes("p_prediction", "prediction"), new Matrix(1, 2, new float[] {0, 1})))
                .isEqualTo("prediction,p_prediction,p_p_prediction\nprediction,0,1\n");
    }

    @Test
    void columnsInFrontComeFirst() throws IOException {
        StringBuilder out = new StringBuilder();
        PredictionCsv.write(out, Profiles.regression(), new Matrix(1, 1, new float[] {2}), new PredictionCsv.Leading() {
            @Override
            public List<String> header() {
                return List.of("row");
            }

            @Override
            public List<String> cells(int row) {
                return List.of("17");
            }
        });
        assertThat(out).hasToString("row,prediction\n17,2\n");
    }

    @Test
    void everyNumberReadsBackAsItselfAndIsNoLongerThanNeeded() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 200_000; i++) {
            float value = i % 2 == 0
                    ? (float) random.nextDouble()
                    : (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-12, 12)));
            StringBuilder text = new StringBuilder();
            ShortestDecimal.append(text, value);
            assertThat(Float.parseFloat(text.toString())).isEqualTo(value);
            assertThat(text.length()).isLessThanOrEqualTo(15);
        }
        StringBuilder text = new StringBuilder();
        ShortestDecimal.append(text, 0.1f + 0.2f);
        assertThat(text).hasToString("0.3");
    }

    private static String csv(DatasetProfile profile, Matrix predictions) throws IOException {
        StringBuilder out = new StringBuilder();
        PredictionCsv.write(out, profile, predictions);
        return out.toString();
    }
}
