package io.millrace.http;

/** A request that cannot be answered, as RFC 9457 wants it told, with what to do about it. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String title;
    private final String remedy;

    /**
     * A problem.
     *
     * @param status HTTP status
     * @param title what kind it is, the same for all of that kind
     * @param detail what is wrong with this request
     * @param remedy what to do about it
     */
    public Problem(int status, String title, String detail, String remedy) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.remedy = remedy;
    }

    /** What was asked for is not there. */
    public static Problem noSuch(String what, String name, String remedy) {
        return new Problem(404, "No such " + what, "There is no " + what + " '" + name + "'.", remedy);
    }

    /** A parameter of the query cannot be used. */
    public static Problem badQuery(String parameter, String value, String expected) {
        return new Problem(
                400,
                "Bad request",
                "'" + parameter + "' is '" + value + "'.",
                "Write " + expected + ", or leave '" + parameter + "' out.");
    }

    /** HTTP status. */
    public int status() {
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
