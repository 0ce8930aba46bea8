package io.millrace.modelling.trial;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.learn.FittedModel;
import io.millrace.modelling.learn.PartsArchive;
import io.millrace.modelling.table.Matrix;
import io.millrace.modelling.table.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean of some models. Its parts: {@code kind} ("bag"), and those of the models under {@code member-0/},
 * {@code member-1/}...
 */
final class BaggedModel implements FittedModel {
    /** What the part {@code kind} says. */
    static final String KIND = "bag";

    private final List<FittedModel> members;

    /** {@code members}, at least one, are closed with it. */
    BaggedModel(List<FittedModel> members) {
        this.members = List.copyOf(members);
    }

    /** Reads what {@link #parts} gave; throws an IllegalArgumentException for anything else. */
    static BaggedModel read(Map<String, byte[]> parts, DatasetProfile profile, ModelReader reader) {
        List<FittedModel> members = new ArrayList<>();
        try {
            while (parts.containsKey(prefix(members.size()) + "kind")) {
                members.add(reader.read(PartsArchive.under(prefix(members.size()), parts), profile));
            }
        } catch (RuntimeException | Error e) {
            members.forEach(FittedModel::close);
            throw e;
        }
        if (members.isEmpty()) {
            throw new IllegalArgumentException("the model is a bag without models");
        }
        return new BaggedModel(members);
    }

    private static String prefix(int member) {
        return "member-" + member + "/";
    }

    @Override
    public Matrix predict(Table table, int[] rows) {
        return Matrix.mean(members.stream().map(m -> m.predict(table, rows)).toList());
    }

    @Override
    public Map<String, byte[]> parts() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("kind", KIND.getBytes(StandardCharsets.UTF_8));
        for (int m = 0; m < members.size(); m++) {
            String prefix = prefix(m);
            members.get(m).parts().forEach((name, content) -> parts.put(prefix + name, content));
        }
        return parts;
    }

    @Override
    public void close() {
        members.forEach(FittedModel::close);
    }
}
