package io.millrace.modelling.source;

import java.util.Arrays;

/** How numbers are written. {@link #name} of all but {@link #PLAIN} is stored as the column's format. */
public enum NumberFormat {
    /** {@code 1234.5}, {@code 1e-3}; {@code 1_2} is a word, though DuckDB takes it for 12. */
    PLAIN {
        @Override
        String sql(String cell) {
            return "CASE WHEN NOT contains(" + cell + ", '_') THEN TRY_CAST(" + cell + " AS DOUBLE) END";
        }
    },
    /** {@code 1,234.5}; groups of three digits only, so that {@code 1,5} is no number of this kind. */
    COMMA_GROUPS {
        @Override
        String sql(String cell) {
            return "CASE WHEN regexp_full_match(" + cell + ", '[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)([.][0-9]*)?')"
                    + " THEN TRY_CAST(replace(" + cell + ", ',', '') AS DOUBLE) END";
        }
    },
    /** {@code 1.234,5} and {@code 3,14}. */
    DECIMAL_COMMA {
        @Override
        String sql(String cell) {
            return "CASE WHEN regexp_full_match(" + cell + ", '[-+]?([0-9]+|[0-9]{1,3}([.][0-9]{3})+)(,[0-9]*)?')"
                    + " THEN TRY_CAST(replace(replace(" + cell + ", '.', ''), ',', '.') AS DOUBLE) END";
        }
    },
    /** {@code 12.5%}, read as 12.5. */
    PERCENT {
        @Override
        String sql(String cell) {
            return "CASE WHEN suffix(" + cell + ", '%') THEN TRY_CAST(rtrim(" + cell + ", '% ') AS DOUBLE) END";
        }
    },
    /** {@code $1,234.50}; also with a pound or euro sign in front. */
    MONEY {
        @Override
        String sql(String cell) {
            return "CASE WHEN regexp_full_match(" + cell + ", '[-+]?[$£€] ?[0-9]{1,3}(,?[0-9]{3})*([.][0-9]*)?')"
                    + " THEN TRY_CAST(regexp_replace(" + cell + ", '[$£€, ]', '', 'g') AS DOUBLE) END";
        }
    };

    /** SQL that reads a cell, NULL where it is no such number. */
    abstract String sql(String cell);

    /** SQL of a finite number or NULL. What single precision cannot hold is not finite to a model, so it is NULL, too. */
    public String finiteSql(String cell) {
        String number = sql(cell);
        return "CASE WHEN abs(" + number + ") <= " + Float.MAX_VALUE + " THEN " + number + " END";
    }

    /** The format of a stored name; throws an IllegalArgumentException that lists the known ones. */
    public static NumberFormat named(String name) {
        return Arrays.stream(values())
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no number format; known are " + Arrays.toString(values())));
    }
}
