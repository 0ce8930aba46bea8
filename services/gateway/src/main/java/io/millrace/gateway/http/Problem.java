package io.millrace.gateway.http;

/** A request that cannot be answered, as RFC 9457 wants it told, with what to do about it. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String title;
    private final String remedy;

    Problem(int status, String title, String detail, String remedy) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    static Problem noSuch(String what, String name, String remedy) {
        return new Problem(404, "No such " + what, "There is no " + what + " '" + name + "'.", remedy);
    }

    static Problem badQuery(String parameter, String value, String expected) {
        return new Problem(
                400,
                "Bad request",
                "'" + parameter + "' is '" + value + "'.",
                "Write " + expected + ", or leave '" + parameter + "' out.");
    }

    static Problem tooLarge(long limit) {
        return new Problem(
                413,
                "Upload too large",
                "The upload is larger than the " + limit + " bytes that this gateway takes.",
                "Compress the file (.csv.gz, .parquet), drop it into the bucket instead, or raise"
                        + " MILLRACE_GATEWAY_UPLOAD_LIMIT.");
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    String remedy() {
        return remedy;
    }

    /** The body of the answer. */
    Body body(String instance) {
        return new Body("about:blank", title, status, getMessage(), instance, remedy);
    }

    /**
     * Members of a problem document; {@code type} is {@code about:blank} as the status says what kind it is.
     *
     * @param instance path of the request
     */
    record Body(String type, String title, int status, String detail, String instance, String remedy) {}
}
