package io.millrace.scorer;

import io.millrace.runtime.BlobStore;
import io.millrace.runtime.work.Outcomes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Predictions in the object store, {@code predictions/DAY/EVENT/...}, and how they are forgotten: no run that ends takes them along.
 *
 * @param blobs where they lie
 */
record OldPredictions(BlobStore blobs) {
    private static final String PREFIX = "predictions/";
    private static final Pattern KEY = Pattern.compile(PREFIX + "(\\d{4}-\\d\\d-\\d\\d)/([^/]+)/[^/]+");

    /** Where what is made of a request now belongs. */
    static String prefix(Instant now, String event) {
        return PREFIX + day(now) + "/" + event + "/";
    }

    /** Removes those of days before one, with the outcomes that refer to them: outcomes first, so that what is left is found again. */
    void forgetBefore(Instant time) {
        String first = day(time).toString();
        Outcomes outcomes = new Outcomes(blobs, ScorerService.GROUP);
        for (String key : blobs.list(PREFIX)) {
            Matcher parts = KEY.matcher(key);
            if (parts.matches() && parts.group(1).compareTo(first) < 0) {
                outcomes.reopen(parts.group(2));
                blobs.delete(key);
            }
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
