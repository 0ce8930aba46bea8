package io.millrace.modelling.ensemble;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.millrace.dataset.DatasetProfile;
import io.millrace.dataset.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is in a model archive.
 *
 * @param format version of the layout, {@value #FORMAT}
 * @param profile how new rows are read and what is predicted
 * @param metric what was optimised
 * @param members trials of the ensemble
 * @param finish what makes a prediction of the members'
 * @param provenance where the model comes from
 */
public record EnsembleManifest(
        int format,
        DatasetProfile profile,
        Metric metric,
        List<Member> members,
        Finish finish,
        SortedMap<String, String> provenance) {
    /** The layout that this code writes. */
    public static final int FORMAT = 2;
    /** Name of the manifest in the archive. */
    static final String PART = "manifest.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public EnsembleManifest {
        members = List.copyOf(members);
        provenance = new TreeMap<>(provenance); // sorted, so that equal models are equal bytes
    }

    /**
     * A trial of the ensemble.
     *
     * @param trial name of the trial
     * @param weight share in the ensemble; all add up to 1
     * @param folds folds whose models are averaged
     */
    public record Member(String trial, double weight, List<Integer> folds) {
        private static final Pattern TRIAL = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

        public Member {
            // Files are named for trials, and a manifest may be anyone's.
            if (!TRIAL.matcher(trial).matches()) {
                throw new IllegalArgumentException("'" + trial + "' is no name of a trial");
            }
            folds = List.copyOf(folds);
        }

        /** Where a fold's parts lie in the archive. */
        String prefix(int fold) {
            return "members/" + trial + "/fold-" + fold + "/";
        }
    }

    byte[] toJson() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is plain data", e);
        }
    }

    /** Reads what {@link #toJson} wrote; throws an IllegalArgumentException for anything else. */
    static EnsembleManifest fromJson(byte[] json) {
        EnsembleManifest manifest;
        try {
            Map<?, ?> head = MAPPER.readValue(json, Map.class);
            if (!Integer.valueOf(FORMAT).equals(head.get("format"))) {
                throw new IllegalArgumentException("the model has format " + head.get("format")
                        + ", this Millrace reads format " + FORMAT + ": use the Millrace that wrote it");
            }
            manifest = MAPPER.readValue(json, EnsembleManifest.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a Millrace model: its manifest cannot be read", e);
        }
        if (manifest.members.isEmpty() || manifest.profile == null || manifest.finish == null) {
            throw new IllegalArgumentException("not a Millrace model: its manifest lacks members, finish or profile");
        }
        return manifest;
    }
}
