package io.millrace.scorer.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRowsTest {
    private static String lines(String body) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        JsonRows.toLines(new ByteArrayInputStream(body.getBytes(UTF_8)), lines);
        return lines.toString(UTF_8);
    }

    @Test
    void eachRowBecomesALine() throws IOException {
        assertThat(lines("{\"rows\": [ {\"a\": 1, \"b\": null},\n {\"a\": \"x\\ny\"}, {} ]}"))
                .isEqualTo("{\"a\":1,\"b\":null}\n{\"a\":\"x\\ny\"}\n{}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[] | no JSON object",
                "~~ | no JSON object",
                "{} | no member 'rows'",
                "{\"rows\": 1} | no list",
                "{\"rows\": []} | empty",
                "{\"rows\": [1]} | row 0 of 'rows' is no object",
                "{\"rows\": [{}, [2]]} | row 1 of 'rows' is no object",
                "{\"row\": []} | the member 'row'",
                "{\"rows\": [{}], \"rows\": [{}]} | twice",
                "{\"rows\": [{}]} {} | follows",
                "{\"rows\": [{\"a\": 1 | no JSON",
                "age,plan | no JSON"
            })
    void whatIsNoneIsRefusedWithAReason(String body, String reason) {
        assertThatThrownBy(() -> lines(body))
                .isInstanceOf(BadRowsException.class)
                .hasMessageContaining(reason);
    }
}
