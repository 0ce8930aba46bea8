package io.millrace.events;

/**
 * How a cure has done so far on one kind of data.
 *
 * @param tried times it was tried
 * @param helped times the error fell
 * @param gain sum of the shares of the error that it took away where it helped
 */
public record CureRecord(int tried, int helped, double gain) {
    /** Never tried. */
    public static final CureRecord NONE = new CureRecord(0, 0, 0);

    /** With one more attempt, which took away {@code measured} of the error; not above 0 where it did not help. */
    public CureRecord plus(double measured) {
        return measured > 0
                ? new CureRecord(tried + 1, helped + 1, gain + measured)
                : new CureRecord(tried + 1, helped, gain);
    }
}
