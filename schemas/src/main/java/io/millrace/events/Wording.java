package io.millrace.events;

/** Sentences for people within events. They may quote what a user sent, which can be of any length; an event is small. */
final class Wording {
    /** Characters that are kept. */
    static final int MOST = 2000;

    private Wording() {}

    /** The text, cut off where it is longer than an event has room for. */
    static String bounded(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(MOST - 1)) ? MOST - 1 : MOST;
        return text.substring(0, end) + "...";
    }
}
