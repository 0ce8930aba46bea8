package io.millrace.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    private String table() {
        StringBuilder table = new StringBuilder();
        line(table, columns);
        line(table, columns.stream().map(c -> "---").toList());
        rows.stream().limit(MOST_ROWS).forEach(row -> line(table, row));
        return rows.size() > MOST_ROWS ? table + "\n" + rows.size() + " rows in all\n" : table.toString();
    }

    private static void line(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells).replace('\n', ' ')).append(" |\n");
    }
}
