package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void controlCharactersOfBothSetsAreReplacedAndLettersAreNot() {
        assertThat(OneLine.of("a\u001b[2Jb\r\nc\td\u0000\u009b1mé漢\u007f")).isEqualTo("a?[2Jb??c?d??1mé漢?");
    }
}
