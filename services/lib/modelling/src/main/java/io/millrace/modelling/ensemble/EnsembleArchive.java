package io.millrace.modelling.ensemble;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/**
 * Packs a model archive: {@code manifest.json}, then {@code members/TRIAL/fold-K/PART} copied out of the trials' own
 * archives as they are compressed there, so that no model is ever in memory as a whole. Equal input gives equal bytes.
 */
public final class EnsembleArchive implements AutoCloseable {
    private static final Pattern FOLD_PART = Pattern.compile("fold-(\\d+)/.+");

    private final EnsembleManifest manifest;
    private final ZipArchiveOutputStream zip;

    /** Begins with the manifest. Closing it closes the stream. */
    public EnsembleArchive(EnsembleManifest manifest, OutputStream out) throws IOException {
        this.manifest = manifest;
        this.zip = new ZipArchiveOutputStream(out);
        zip.putArchiveEntry(entry(EnsembleManifest.PART));
        zip.write(manifest.toJson());
        zip.closeArchiveEntry();
    }

    /**
     * Copies a member's fold models out of its trial's archive.
     *
     * @throws IllegalArgumentException when the trial is no member or a fold of the manifest is not in its archive
     */
    public void add(String trial, SeekableByteChannel trialArchive) throws IOException {
        EnsembleManifest.Member member = manifest.members().stream()
                .filter(m -> m.trial().equals(trial))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(trial + " is no member of the ensemble"));
        Set<Integer> missing = new TreeSet<>(member.folds());
        try (ZipFile parts = open(trial, trialArchive)) {
            for (ZipArchiveEntry part : Collections.list(parts.getEntriesInPhysicalOrder())) {
                Optional<Integer> fold = foldOf(part.getName());
                if (fold.isPresent() && member.folds().contains(fold.get())) {
                    missing.remove(fold.get());
                    zip.addRawArchiveEntry(
                            named("members/" + trial + "/" + part.getName(), part), parts.getRawInputStream(part));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the models of " + trial + " lack folds " + missing);
        }
    }

    private static ZipFile open(String trial, SeekableByteChannel archive) {
        try {
            return ZipFile.builder().setSeekableByteChannel(archive).get();
        } catch (IOException e) {
            throw new IllegalArgumentException("the models of " + trial + " are no archive: " + e.getMessage(), e);
        }
    }

    private static Optional<Integer> foldOf(String part) {
        Matcher m = FOLD_PART.matcher(part);
        return m.matches() ? Optional.of(Integer.valueOf(m.group(1))) : Optional.empty();
    }

    /** The same content under another name. */
    private static ZipArchiveEntry named(String name, ZipEntry part) {
        ZipArchiveEntry entry = entry(name);
        entry.setMethod(part.getMethod());
        entry.setSize(part.getSize());
        entry.setCompressedSize(part.getCompressedSize());
        entry.setCrc(part.getCrc());
        return entry;
    }

    private static ZipArchiveEntry entry(String name) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the archive must not depend on the clock
        return entry;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
