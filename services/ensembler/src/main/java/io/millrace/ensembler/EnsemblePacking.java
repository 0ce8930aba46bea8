package io.millrace.ensembler;

import io.millrace.events.BlobRef;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.modelling.ensemble.EnsembleArchive;
import io.millrace.modelling.ensemble.EnsembleManifest;
import io.millrace.runtime.BlobStore;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Packs the archives of the members into one and stores it. Models pass through files, one at a time.
 *
 * @param folder folder for them
 */
record EnsemblePacking(BlobStore blobs, Path folder) {
    private static final int SHORT_DIGEST = 12;

    /** Stores the archive under the prefix and a digest of its content: another outcome never overwrites it. */
    BlobRef pack(String prefix, EnsembleManifest manifest, List<Candidate> candidates) throws IOException {
        Path archive = folder.resolve("ensemble.zip");
        MessageDigest digest = sha256();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
                EnsembleArchive ensemble = new EnsembleArchive(manifest, new DigestOutputStream(file, digest))) {
            for (EnsembleManifest.Member member : manifest.members()) {
                Candidate candidate = candidates.stream()
                        .filter(c -> c.trial().equals(member.trial()))
                        .findFirst()
                        .orElseThrow();
                add(ensemble, candidate);
            }
        }
        String name = HexFormat.of().formatHex(digest.digest()).substring(0, SHORT_DIGEST);
        return blobs.put(prefix + name + ".zip", archive);
    }

    private void add(EnsembleArchive ensemble, Candidate candidate) throws IOException {
        Path models = folder.resolve("member.zip");
        blobs.download(candidate.artifacts().model(), models);
        try (InputStream in = Files.newInputStream(models)) {
            ensemble.add(candidate.trial(), in);
        }
        Files.delete(models);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
