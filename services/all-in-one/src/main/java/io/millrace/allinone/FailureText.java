package io.millrace.allinone;

import io.millrace.runtime.ConfigurationException;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.submission.InvalidSettingsException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
                || failure instanceof FileSystemException
                || failure instanceof UncheckedIOException
                || failure instanceof EventHandlingException;
        command.getErr().println("millrace: " + told(failure));
        if (!foreseen) {
            failure.printStackTrace(command.getErr());
        }
        return wrongUse ? 2 : 1;
    }

    /** Failures of files have no more to say than the file's name. */
    private static String told(Exception failure) {
        if (failure instanceof NoSuchFileException e) {
            return "there is no file or folder " + e.getFile();
        } else if (failure instanceof AccessDeniedException e) {
            return "this user may not use " + e.getFile();
        } else if (failure instanceof FileAlreadyExistsException e) {
            return e.getFile() + " is there already";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
