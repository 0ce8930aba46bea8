package io.millrace.profiler.core;

import io.millrace.dataset.DatasetProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Deals rows to the holdout and the folds so that each has its share of every stratum, and rows that are the same go
 * the same way: otherwise a fold would be scored on rows that were trained on.
 */
public final class StratifiedSplit {
    /** With fewer different rows than this per part, repetition is the data's nature and rows are dealt one by one. */
    private static final int LEAST_GROUPS_PER_PART = 20;

    private static final int BINS = 10;
    /** Without one of them, two are left: whichever fold holds one, its training sees the other. */
    private static final int LEAST_ROWS_TO_GIVE = 3;

    private StratifiedSplit() {}

    /**
     * Deals.
     *
     * @param stratum class or bin per row, from 0
     * @param sameness equal for rows that are the same
     * @return fold per row, {@link DatasetProfile#HOLDOUT} for the holdout
     */
    public static int[] deal(Split split, int[] stratum, long[] sameness, long seed) {
        int rows = stratum.length;
        int strata = Arrays.stream(stratum).max().orElse(0) + 1;
        int[] group = groups(sameness);
        int groups = Arrays.stream(group).max().orElse(0) + 1;
        boolean together = groups >= LEAST_GROUPS_PER_PART * (split.folds() + 1);
        int[] size = new int[strata];
        for (int s : stratum) {
            size[s]++;
        }
        long[] quotas = quotas(size, split.holdoutShare(), new SplittableRandom(seed).split());
        List<List<int[]>> members = members(stratum, size, group, together && groups < rows, split.folds());
        SplittableRandom random = new SplittableRandom(seed);
        int[] fold = new int[rows];
        long[] total = new long[split.folds()];
        for (int s = 0; s < strata; s++) {
            List<int[]> packs = shuffled(members.get(s), random);
            dealStratum(packs, quotas[s], fold, total);
        }
        return fold;
    }

    /**
     * Rows of each stratum that are held out: its share, rounded, and one more of those that were rounded down farthest where
     * the whole would have too few, but of no stratum that training would hardly see then.
     */
    private static long[] quotas(int[] size, double share, SplittableRandom random) {
        long[] quotas =
                Arrays.stream(size).mapToLong(n -> Math.round(share * n)).toArray();
        long missing = Math.round(share * Arrays.stream(size).sum())
                - Arrays.stream(quotas).sum();
        List<int[]> strata = new ArrayList<>();
        for (int s = 0; s < size.length; s++) {
            if (size[s] >= LEAST_ROWS_TO_GIVE && share * size[s] > quotas[s]) {
                strata.add(new int[] {s});
            }
        }
        // A stable sort: those that were rounded down equally far stay as they were shuffled.
        shuffled(strata, random).stream()
                .sorted(Comparator.comparingDouble(s -> quotas[s[0]] - share * size[s[0]]))
                .limit(Math.max(0, missing))
                .forEach(s -> quotas[s[0]]++);
        return quotas;
    }

    /** Strata of a number: equally filled bins, equal values in the same one. */
    public static int[] bins(double[] target) {
        double[] sorted = target.clone();
        Arrays.sort(sorted);
        int[] bins = new int[target.length];
        for (int i = 0; i < target.length; i++) {
            int rank = smaller(sorted, target[i]);
            bins[i] = (int) ((long) rank * BINS / target.length);
        }
        return bins;
    }

    /** How many of the sorted values are smaller. */
    private static int smaller(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void dealStratum(List<int[]> packs, long quota, int[] fold, long[] total) {
        List<int[]> rest = new ArrayList<>();
        long held = 0;
        for (int[] pack : packs) {
            if (held + pack.length <= quota) {
                held += pack.length;
                assign(fold, pack, DatasetProfile.HOLDOUT);
            } else {
                rest.add(pack);
            }
        }
        rest.sort((a, b) -> Integer.compare(b.length, a.length)); // stable: large ones first, else as shuffled
        long[] own = new long[total.length];
        for (int[] pack : rest) {
            int emptiest = 0;
            for (int f = 1; f < total.length; f++) {
                if (own[f] < own[emptiest] || (own[f] == own[emptiest] && total[f] < total[emptiest])) {
                    emptiest = f;
                }
            }
            assign(fold, pack, emptiest);
            own[emptiest] += pack.length;
            total[emptiest] += pack.length;
        }
    }

    /** Rows per stratum, in packs that stay together. A class with fewer rows than folds is dealt row by row. */
    private static List<List<int[]>> members(int[] stratum, int[] size, int[] group, boolean together, int folds) {
        List<Map<Integer, List<Integer>>> packs = new ArrayList<>();
        for (int i = 0; i < size.length; i++) {
            packs.add(new java.util.LinkedHashMap<>());
        }
        for (int row = 0; row < stratum.length; row++) {
            boolean own = !together || size[stratum[row]] < folds;
            int key = own ? -row - 1 : group[row];
            packs.get(stratum[row])
                    .computeIfAbsent(key, k -> new ArrayList<>(1))
                    .add(row);
        }
        List<List<int[]>> members = new ArrayList<>();
        for (Map<Integer, List<Integer>> found : packs) {
            List<int[]> arrays = new ArrayList<>(found.size());
            found.values()
                    .forEach(rows ->
                            arrays.add(rows.stream().mapToInt(Integer::intValue).toArray()));
            members.add(arrays);
        }
        return members;
    }

    /** Numbers groups by first appearance, so that the hash's values do not matter. */
    private static int[] groups(long[] sameness) {
        Map<Long, Integer> numbers = new HashMap<>(sameness.length * 2);
        int[] group = new int[sameness.length];
        for (int i = 0; i < sameness.length; i++) {
            int next = numbers.size();
            Integer known = numbers.putIfAbsent(sameness[i], next);
            group[i] = known == null ? next : known;
        }
        return group;
    }

    private static List<int[]> shuffled(List<int[]> packs, SplittableRandom random) {
        for (int i = packs.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int[] swap = packs.get(i);
            packs.set(i, packs.get(j));
            packs.set(j, swap);
        }
        return packs;
    }

    private static void assign(int[] fold, int[] rows, int to) {
        for (int row : rows) {
            fold[row] = to;
        }
    }
}
