package io.millrace.allinone;

import io.millrace.modelling.ensemble.EnsembleModel;
import io.millrace.modelling.network.NetworkModel;
import io.millrace.modelling.trial.Learners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model's plain networks for Deeplearning4j. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the networks of a model that Deeplearning4j can express, for ModelSerializer.restoreMultiLayerNetwork.",
            "Beside each network lie encoder.json (what it takes) and target.json (what its output means). Networks"
                    + " with embeddings of categories or numbers, which most are, and trees are left out and named."
        })
final class ExportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "Folder that 'millrace run --out' wrote.")
    Path folder;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go.")
    Path out;

    @Mixin
    TrustOption trust;

    @Override
    public Integer call() throws IOException {
        Path archive = trust.check(new ResultFolder(folder)).archive();
        Files.createDirectories(out);
        Map<String, Integer> written = new LinkedHashMap<>();
        Map<String, Integer> left = new LinkedHashMap<>();
        try (EnsembleModel ensemble = EnsembleModel.open(archive, Learners.standard()::read)) {
            ensemble.forEachModel((member, fold, model) -> {
                boolean fits =
                        model instanceof NetworkModel network && write(member.trial() + "-fold-" + fold, network);
                (fits ? written : left).merge(member.trial(), 1, Integer::sum);
            });
        }
        System.out.println("written into " + out + ": " + told(written));
        System.out.println("left out, as Deeplearning4j cannot express them: " + told(left));
        return 0;
    }

    /** Models per trial, as a list. */
    private static String told(Map<String, Integer> models) {
        return models.isEmpty()
                ? "none"
                : models.entrySet().stream()
                        .map(e -> e.getKey() + " (" + e.getValue() + (e.getValue() == 1 ? " fold)" : " folds)"))
                        .collect(Collectors.joining(", "));
    }

    private boolean write(String name, NetworkModel network) {
        return network.deeplearning4j()
                .map(bytes -> {
                    try {
                        Files.write(out.resolve(name + ".zip"), bytes);
                        for (String part : List.of("encoder.json", "target.json")) {
                            Files.write(
                                    out.resolve(name + "." + part),
                                    network.parts().get(part));
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot write into " + out + ": " + e.getMessage(), e);
                    }
                    return true;
                })
                .orElse(false);
    }
}
