package io.millrace.modelling.ensemble;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Packs a model archive: {@code manifest.json}, then {@code members/TRIAL/fold-K/PART} copied out of the trials' own
 * archives as a stream, so that no model is ever in memory as a whole. Equal input gives equal bytes.
 */
public final class EnsembleArchive implements AutoCloseable {
    private static final Pattern FOLD_PART = Pattern.compile("fold-(\\d+)/.+");

    private final EnsembleManifest manifest;
    private final ZipOutputStream zip;

    /** Begins with the manifest. Closing it closes the stream. */
    public EnsembleArchive(EnsembleManifest manifest, OutputStream out) throws IOException {
        this.manifest = manifest;
        this.zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED); // weights hardly compress, whatever the effort
        begin(EnsembleManifest.PART);
        zip.write(manifest.toJson());
        zip.closeEntry();
    }

    /**
     * Copies a member's fold models out of its trial's archive.
     *
     * @throws IllegalArgumentException when the trial is no member or a fold of the manifest is not in its archive
     */
    public void add(String trial, InputStream trialArchive) throws IOException {
        EnsembleManifest.Member member = manifest.members().stream()
                .filter(m -> m.trial().equals(trial))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(trial + " is no member of the ensemble"));
        Set<Integer> missing = new TreeSet<>(member.folds());
        try (ZipInputStream parts = new ZipInputStream(trialArchive)) {
            for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                Optional<Integer> fold = foldOf(part.getName());
                if (fold.isPresent() && member.folds().contains(fold.get())) {
                    missing.remove(fold.get());
                    begin("members/" + trial + "/" + part.getName());
                    parts.transferTo(zip);
                    zip.closeEntry();
                }
            }
        } catch (ZipException e) {
            throw new IllegalArgumentException("the models of " + trial + " are no archive: " + e.getMessage(), e);
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("the models of " + trial + " lack folds " + missing);
        }
    }

    private static Optional<Integer> foldOf(String part) {
        Matcher m = FOLD_PART.matcher(part);
        return m.matches() ? Optional.of(Integer.valueOf(m.group(1))) : Optional.empty();
    }

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the archive must not depend on the clock
        zip.putNextEntry(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
