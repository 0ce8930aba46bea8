package io.millrace.modelling.trees;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.ModelParts;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * Fitted trees. Parts: {@code kind} ("trees"), {@code encoder.json}, {@code form.json}, {@code base.json} where the trees
 * correct a linear model, and {@code booster-N.ubj} in XGBoost's own format: one for boosting; groups of trees, per group one
 * booster per column of votes, for a forest.
 */
public final class TreesModel implements FittedModel {
    /** Content of the part {@code kind}. */
    public static final String KIND = "trees";

    private static final String BASE = "base.json";

    /** Floats of a chunk of encoded rows: 8 MB. */
    private static final int CHUNK_CELLS = 2_000_000;

    private final TreesEncoder encoder;
    private final Optional<LinearBase> base;
    private final Form form;
    private final List<byte[]> stored;
    private final List<Booster> boosters;

    private TreesModel(
            TreesEncoder encoder, Optional<LinearBase> base, Form form, List<byte[]> stored, List<Booster> boosters) {
        this.encoder = encoder;
        this.base = base;
        this.form = form;
        this.stored = stored;
        this.boosters = boosters;
    }

    /** A model that predicts from exactly the bytes that its parts hold. */
    static TreesModel of(TreesEncoder encoder, Optional<LinearBase> base, Form form, List<byte[]> stored) {
        List<Booster> boosters = new ArrayList<>();
        try {
            for (byte[] bytes : stored) {
                Booster booster = load(bytes);
                boosters.add(booster);
                Native.call(() -> {
                    booster.setParam("nthread", 1);
                    return null;
                });
            }
        } catch (RuntimeException | Error e) {
            boosters.forEach(Booster::dispose);
            throw e;
        }
        return new TreesModel(encoder, base, form, List.copyOf(stored), boosters);
    }

    private static Booster load(byte[] bytes) {
        return Native.call(() -> {
            try {
                return XGBoost.loadModel(bytes);
            } catch (IOException e) {
                throw new IllegalArgumentException("not a booster: " + e.getMessage(), e);
            }
        });
    }

    /** Reads what {@link #parts()} gave; throws an IllegalArgumentException for anything else. */
    public static TreesModel read(Map<String, byte[]> parts, DatasetProfile profile) {
        TreesEncoder encoder = ModelParts.json(parts, "encoder.json", TreesEncoder.class);
        if (encoder.columns().size() != profile.features().size()) {
            throw new IllegalArgumentException(
                    "the model takes " + encoder.columns().size() + " features, the data has "
                            + profile.features().size());
        }
        List<byte[]> stored = new ArrayList<>();
        while (parts.containsKey(boosterName(stored.size()))) {
            stored.add(parts.get(boosterName(stored.size())));
        }
        if (stored.isEmpty()) {
            throw new IllegalArgumentException("the model has no part " + boosterName(0));
        }
        Optional<LinearBase> base = parts.containsKey(BASE)
                ? Optional.of(ModelParts.json(parts, BASE, LinearBase.class))
                : Optional.empty();
        return of(encoder, base, ModelParts.json(parts, "form.json", Form.class), stored);
    }

    private static String boosterName(int ordinal) {
        return "booster-" + ordinal + ".ubj";
    }

    @Override
    public Matrix predict(Table table, int[] rows) {
        Matrix predictions = Matrix.filled(rows.length, form.outputs(), 0);
        int chunk = Math.max(1, CHUNK_CELLS / encoder.width());
        for (int from = 0; from < rows.length; from += chunk) {
            int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + chunk));
            if (form.isForest()) {
                int groups = boosters.size() / form.votes();
                float[][] votes = votes(encoder.encode(table, some), some.length, groups);
                Head.forest(form, votes, groups * form.rounds(), predictions, from);
            } else {
                float[][] raw = base.isPresent()
                        ? corrected(base.get(), table, some)
                        : raw(boosters.get(0), encoder.encode(table, some), some.length, form.rounds());
                Head.boosting(form, raw, predictions, from);
            }
        }
        return predictions;
    }

    /** What boosting makes of what the linear model says. */
    private float[][] corrected(LinearBase linear, Table table, int[] some) {
        try (EncodedRows rows = EncodedRows.of(encoder, table, some)) {
            rows.base(linear.predict(table, some));
            return Native.call(() -> boosters.get(0).predict(rows.matrix(), false, form.rounds()));
        }
    }

    private float[][] votes(float[] encoded, int rows, int groups) {
        float[][] votes = new float[rows][form.votes()];
        for (int b = 0; b < groups * form.votes(); b++) {
            Forest.blend(raw(boosters.get(b), encoded, rows, 1), votes, b / form.votes(), b % form.votes());
        }
        return votes;
    }

    private float[][] raw(Booster booster, float[] encoded, int rows, int rounds) {
        return Native.call(
                () -> booster.inplace_predict(encoded, rows, encoder.width(), Float.NaN, new int[] {0, rounds}));
    }

    @Override
    public Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("kind", KIND.getBytes(StandardCharsets.UTF_8));
        parts.put("encoder.json", ModelParts.json(encoder));
        parts.put("form.json", ModelParts.json(form));
        base.ifPresent(linear -> parts.put(BASE, ModelParts.json(linear)));
        for (int b = 0; b < stored.size(); b++) {
            parts.put(boosterName(b), stored.get(b));
        }
        return parts;
    }

    @Override
    public void close() {
        boosters.forEach(Booster::dispose);
    }
}
