package io.millrace.allinone;

import io.millrace.runtime.ConfigurationException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into a sentence; the stack only for what nobody foresaw. */
final class FailureText implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        boolean foreseen = failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof UncheckedIOException
                || failure instanceof ConfigurationException;
        command.getErr().println("millrace: " + (failure.getMessage() == null ? failure : failure.getMessage()));
        if (!foreseen) {
            failure.printStackTrace(command.getErr());
        }
        return failure instanceof IllegalArgumentException || failure instanceof ConfigurationException ? 2 : 1;
    }
}
