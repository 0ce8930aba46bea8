package io.millrace.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir
    private Path folder;

    private Path written(int magic, int... sizesAndBytes) throws IOException {
        Path file = folder.resolve("file.gz");
        int sizes = magic & 0xff;
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(magic);
            for (int i = 0; i < sizesAndBytes.length; i++) {
                if (i < sizes) {
                    out.writeInt(sizesAndBytes[i]);
                } else {
                    out.writeByte(sizesAndBytes[i]);
                }
            }
        }
        return file;
    }

    @Test
    void imagesAreReadRowByRow() throws IOException {
        IdxFile images = IdxFile.read(written(0x0803, 2, 1, 3, 0, 128, 255, 7, 8, 9));

        assertThat(images.items()).isEqualTo(2);
        assertThat(images.values()).isEqualTo(3);
        assertThat(images.get(0, 2)).isEqualTo(255);
        assertThat(images.get(1, 0)).isEqualTo(7);
    }

    @Test
    void labelsAreItemsOfOneValue() throws IOException {
        IdxFile labels = IdxFile.read(written(0x0801, 3, 5, 0, 4));

        assertThat(labels.values()).isEqualTo(1);
        assertThat(labels.get(2, 0)).isEqualTo(4);
    }

    @Test
    void otherNumbersThanBytesAreRefused() throws IOException {
        Path floats = written(0x0d01, 1, 0, 0, 0, 0);

        assertThatThrownBy(() -> IdxFile.read(floats)).hasMessageContaining("no unsigned bytes");
    }
}
