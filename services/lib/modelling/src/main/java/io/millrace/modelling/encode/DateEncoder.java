package io.millrace.modelling.encode;

import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.util.Arrays;
import java.util.List;

/**
 * A moment: the number of seconds as a quantity, and sine and cosine of the cycles that vary among the training rows.
 *
 * @param number the moment as a quantity
 * @param cycles the cycles that vary; both columns are 0 where the moment is missing
 */
record DateEncoder(NumberEncoder number, List<Cycle> cycles) implements FeatureEncoder {
    DateEncoder {
        cycles = List.copyOf(cycles);
    }

    static DateEncoder fit(Table table, int feature, int[] rows) {
        double[] seconds = table.numbers(feature);
        List<Cycle> varying = Arrays.stream(Cycle.values())
                .filter(cycle -> Arrays.stream(rows)
                                .mapToDouble(row -> seconds[row])
                                .filter(Double::isFinite)
                                .map(cycle::phase)
                                .distinct()
                                .limit(2)
                                .count()
                        > 1)
                .toList();
        return new DateEncoder(NumberEncoder.fit(table, feature, rows), varying);
    }

    @Override
    public int width() {
        return number.width() + 2 * cycles.size();
    }

    @Override
    public void encode(Table table, int[] rows, Matrix into, int column) {
        number.encode(table, rows, into, column);
        double[] seconds = table.numbers(number.feature());
        for (int c = 0; c < cycles.size(); c++) {
            int sine = column + number.width() + 2 * c;
            for (int i = 0; i < rows.length; i++) {
                double moment = seconds[rows[i]];
                if (Double.isFinite(moment)) {
                    double angle = 2 * Math.PI * cycles.get(c).phase(moment);
                    into.set(i, sine, (float) Math.sin(angle));
                    into.set(i, sine + 1, (float) Math.cos(angle));
                }
            }
        }
    }
}
