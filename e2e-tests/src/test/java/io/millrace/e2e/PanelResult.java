package io.millrace.e2e;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a query answered, as a table. */
record PanelResult(List<String> columns, List<List<String>> rows) {
    private static final int MOST_ROWS = 12;

    boolean isEmpty() {
        return rows.isEmpty();
    }

    static PanelResult of(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            List<String> columns = new ArrayList<>();
            for (int c = 1; c <= answer.getMetaData().getColumnCount(); c++) {
                columns.add(answer.getMetaData().getColumnLabel(c));
            }
            List<List<String>> rows = new ArrayList<>();
            while (answer.next()) {
                List<String> row = new ArrayList<>();
                for (int c = 1; c <= columns.size(); c++) {
                    row.add(String.valueOf(answer.getString(c)));
                }
                rows.add(row);
            }
            return new PanelResult(columns, rows);
        }
    }

    /** All panels as one page of Markdown. */
    static String report(Map<Dashboards.Query, PanelResult> results) {
        StringBuilder page = new StringBuilder("# What the panels show after one run\n");
        results.forEach((query, result) -> page.append("\n## ")
                .append(query.dashboard())
                .append(": ")
                .append(query.panel())
                .append("\n\n    ")
                .append(query.text())
                .append("\n\n")
                .append(result.table()));
        return page.toString();
    }

    /** Short answers whole, curves by their ends and their lowest point, other long answers by rows from all over them. */
    private String table() {
        StringBuilder table = new StringBuilder();
        line(table, columns);
        line(table, columns.stream().map(c -> "---").toList());
        shown().forEach(row -> line(table, row.stream().map(PanelResult::brief).toList()));
        return rows.size() > MOST_ROWS ? table + "\n" + rows.size() + " rows in all\n" : table.toString();
    }

    private List<List<String>> shown() {
        if (rows.size() <= MOST_ROWS) {
            return rows;
        }
        if (!columns.get(0).equals("curve")) {
            return IntStream.range(0, MOST_ROWS)
                    .mapToObj(i -> rows.get(i * (rows.size() - 1) / (MOST_ROWS - 1)))
                    .toList();
        }
        Map<String, List<List<String>>> curves = rows.stream()
                .collect(Collectors.groupingBy(row -> row.get(0), LinkedHashMap::new, Collectors.toList()));
        return curves.values().stream()
                .flatMap(points -> Stream.of(
                                points.get(0),
                                points.stream()
                                        .min(Comparator.comparingDouble(point -> height(point)))
                                        .orElseThrow(),
                                points.get(points.size() - 1))
                        .distinct())
                .toList();
    }

    private static double height(List<String> point) {
        return Double.parseDouble(point.get(point.size() - 1));
    }

    /** Five digits of a number that has more; a bar within a cell would end it. */
    private static String brief(String cell) {
        return cell.matches("-?\\d+\\.\\d{6,}(E-?\\d+|e-?\\d+)?")
                ? new BigDecimal(cell).round(new MathContext(5)).toString()
                : cell.replace("|", "\\|").replace('\n', ' ');
    }

    private static void line(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
