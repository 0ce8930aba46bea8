package io.millrace.e2e.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** How long trials of a real run took; {@code trial-seconds.txt} says of which. */
final class TrialSeconds {
    private final double[] seconds;

    private TrialSeconds(double[] seconds) {
        this.seconds = seconds;
    }

    static TrialSeconds measured() {
        try (InputStream in = TrialSeconds.class.getResourceAsStream("/bench/trial-seconds.txt")) {
            return new TrialSeconds(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .mapToDouble(Double::parseDouble)
                    .toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the times, the same for the same trial. */
    double of(String run, int number) {
        return seconds[Math.floorMod(run.hashCode() * 31 + number, seconds.length)];
    }

    double mean() {
        double sum = 0;
        for (double s : seconds) {
            sum += s;
        }
        return sum / seconds.length;
    }
}
