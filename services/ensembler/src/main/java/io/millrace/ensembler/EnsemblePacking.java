package io.millrace.ensembler;

import io.millrace.events.BlobRef;
import io.millrace.events.SearchCompleted.Candidate;
import io.millrace.modelling.ensemble.EnsembleArchive;
import io.millrace.modelling.ensemble.EnsembleManifest;
import io.millrace.runtime.BlobStore;
import io.millrace.runtime.blob.ContentNamed;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Packs the archives of the members into one and stores it. Models pass through files, one at a time.
 *
 * @param folder folder for them
 */
record EnsemblePacking(BlobStore blobs, Path folder) {
    /** Stores the archive under the prefix and the hash of its content. */
    BlobRef pack(String prefix, EnsembleManifest manifest, List<Candidate> candidates) throws IOException {
        Path archive = folder.resolve("ensemble.zip");
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(archive));
                EnsembleArchive ensemble = new EnsembleArchive(manifest, file)) {
            for (EnsembleManifest.Member member : manifest.members()) {
                Candidate candidate = candidates.stream()
                        .filter(c -> c.trial().equals(member.trial()))
                        .findFirst()
                        .orElseThrow();
                add(ensemble, candidate);
            }
        }
        return new ContentNamed(blobs).put(prefix, archive, ".zip");
    }

    private void add(EnsembleArchive ensemble, Candidate candidate) throws IOException {
        Path models = folder.resolve("member.zip");
        blobs.download(candidate.artifacts().model(), models);
        try (SeekableByteChannel in = Files.newByteChannel(models)) {
            ensemble.add(candidate.trial(), in);
        }
        Files.delete(models);
    }
}
