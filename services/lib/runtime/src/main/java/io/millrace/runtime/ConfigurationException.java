package io.millrace.runtime;

import java.util.List;

/** The configuration cannot be used; lists every problem at once. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
