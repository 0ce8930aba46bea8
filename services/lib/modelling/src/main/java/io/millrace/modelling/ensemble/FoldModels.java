package io.millrace.modelling.ensemble;

import io.millrace.dataset.DatasetProfile;
import io.millrace.modelling.learn.FittedModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The fold models in an archive. Either each is read when it is used and closed afterwards, or it is kept once it was read;
 * several threads may use those, each for one call at a time.
 */
final class FoldModels implements AutoCloseable {
    /** A fold model above this is none of ours; it bounds what a crafted archive can make us allocate. */
    private static final long MOST_BYTES = 1L << 30;
    /** Times what it takes unpacked a model takes in memory: networks hold a batch of every layer (measured: 4 to 4.5). */
    private static final int MEMORY = 5;

    private final ZipFile archive;
    private final DatasetProfile profile;
    private final BiFunction<Map<String, byte[]>, DatasetProfile, FittedModel> reader;
    private final long memory;
    private final Map<String, FittedModel> kept = new ConcurrentHashMap<>();

    /** @param most bytes of memory for which all models are kept; where they need more, none is */
    FoldModels(
            ZipFile archive,
            DatasetProfile profile,
            BiFunction<Map<String, byte[]>, DatasetProfile, FittedModel> reader,
            long most) {
        this.archive = archive;
        this.profile = profile;
        this.reader = reader;
        // A part that says it is larger is refused when it is read; here it must not make the sum run over.
        long unpacked = archive.stream()
                .mapToLong(part -> Math.min(part.getSize(), MOST_BYTES))
                .sum();
        long needed = MEMORY * unpacked;
        this.memory = needed <= most ? needed : 0;
    }

    /** Bytes of memory that they take once all are read, as estimated; 0 where none is kept. */
    long memory() {
        return memory;
    }

    /** Lends the model whose parts begin with a prefix; throws an IllegalArgumentException where there is none. */
    void use(String prefix, Consumer<FittedModel> use) {
        if (memory > 0) {
            use.accept(kept.computeIfAbsent(prefix, missing -> new SharedModel(read(missing))));
            return;
        }
        try (FittedModel model = read(prefix)) {
            use.accept(model);
        }
    }

    private FittedModel read(String prefix) {
        return reader.apply(parts(prefix), profile);
    }

    private Map<String, byte[]> parts(String prefix) {
        List<? extends ZipEntry> entries = archive.stream()
                .filter(part -> part.getName().startsWith(prefix))
                .toList();
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("the model is incomplete: " + prefix + " is missing");
        }
        if (entries.stream().mapToLong(ZipEntry::getSize).sum() > MOST_BYTES) {
            throw new IllegalArgumentException("the model is corrupt: " + prefix + " is too large");
        }
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (ZipEntry part : entries) {
            parts.put(part.getName().substring(prefix.length()), content(archive, part));
        }
        return parts;
    }

    /** A part of an archive; throws an IllegalArgumentException where it is not as the archive says. */
    static byte[] content(ZipFile archive, ZipEntry part) {
        if (part.getSize() > MOST_BYTES) {
            throw new IllegalArgumentException("the model is corrupt: " + part.getName() + " is too large");
        }
        try (InputStream in = archive.getInputStream(part)) {
            byte[] content = in.readNBytes((int) part.getSize() + 1);
            if (content.length != part.getSize()) {
                throw new IllegalArgumentException(
                        "the model is corrupt: " + part.getName() + " has not the size that the archive says");
            }
            return content;
        } catch (ZipException e) {
            throw new IllegalArgumentException("the model is corrupt: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + part.getName(), e);
        }
    }

    @Override
    public void close() {
        kept.values().forEach(FittedModel::close);
        kept.clear();
        try {
            archive.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
