package io.millrace.allinone;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.submission.InvalidSettingsException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into a sentence; the stack only for what nobody foresaw. */
final class FailureText implements IExecutionExceptionHandler {
    /** As shells have it for a command that Ctrl-C ended. */
    private static final int INTERRUPTED = 130;

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof InterruptedException) {
            return INTERRUPTED; // who interrupts says why
        }
        boolean wrongUse = failure instanceof IllegalArgumentException
                || failure instanceof ConfigurationException
                || failure instanceof InvalidSettingsException;
        boolean foreseen = wrongUse
                || failure instanceof IllegalStateException
                || failure instanceof UncheckedIOException
                || failure instanceof EventHandlingException;
        command.getErr().println("millrace: " + (failure.getMessage() == null ? failure : failure.getMessage()));
        if (!foreseen) {
            failure.printStackTrace(command.getErr());
        }
        return wrongUse ? 2 : 1;
    }
}
