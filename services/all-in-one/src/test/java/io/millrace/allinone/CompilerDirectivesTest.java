package io.millrace.allinone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompilerDirectivesTest {
    private static final String PRINT = "compilerDirectivesPrint";

    @AfterEach
    void clear() throws Exception {
        CompilerDirectives.command("compilerDirectivesClear");
    }

    @Test
    void whatComputesComesBeforeAllThatDoesNot() throws Exception {
        assumeThat(System.getProperty("java.vm.name")).as("HotSpot").containsAnyOf("HotSpot", "OpenJDK");

        CompilerDirectives.add();

        String[] directives = CompilerDirectives.command(PRINT).split("Directive:");
        assertThat(directives).hasSizeGreaterThanOrEqualTo(4);
        assertThat(directives[1]).contains("io/millrace/*.*", "sun/security/provider/*.*");
        assertThat(optimizing(directives[1])).contains("Exclude:false");
        assertThat(directives[2]).contains("matching: *.*");
        assertThat(optimizing(directives[2])).contains("Exclude:true");
    }

    private static String optimizing(String directive) {
        return directive.substring(directive.indexOf("c2 directives"));
    }
}
