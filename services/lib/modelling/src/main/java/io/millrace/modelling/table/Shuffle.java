package io.millrace.modelling.table;

import java.util.random.RandomGenerator;

/** Orders of chance, each as probable as any other (Durstenfeld, Communications of the ACM 7, 1964). */
public final class Shuffle {
    private Shuffle() {}

    /** Brings numbers into an order of chance; the same random numbers give the same order. */
    public static void inPlace(int[] numbers, RandomGenerator random) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = swapped;
        }
    }
}
