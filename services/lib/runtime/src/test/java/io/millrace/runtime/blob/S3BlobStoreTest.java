package io.millrace.runtime.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.millrace.runtime.BlobStore.Claim;
import io.millrace.runtime.EventHandlingException;
import io.millrace.runtime.EventHandlingException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the store asks of a client that answers as no server in a test does. */
class S3BlobStoreTest {
    private static final int LARGE = 64 << 20;

    @TempDir
    Path scratch;

    private final List<PutObjectRequest> puts = new ArrayList<>();
    private final List<Path> spooled = new ArrayList<>();

    @Test
    void whatStandsInTheWayOfAConditionalPutIsDigestedWithoutBeingHeldInMemory() {
        S3BlobStore store = store(new Client() {
            @Override
            InputStream content() {
                return new Zeros(LARGE);
            }
        });
        long before = allocated();
        Claim claim = store.putIfAbsent("inbox/large.csv", new byte[0]);
        assertThat(allocated() - before).isLessThan(LARGE / 4);
        assertThat(claim.won()).isFalse();
        assertThat(claim.stored().bytes()).isEqualTo(LARGE);
    }

    @Test
    void aStoreThatRefusesWhatIsNotThereIsNotAskedForEver() {
        S3BlobStore store = store(new Client() {
            @Override
            InputStream content() {
                throw NoSuchKeyException.builder().build();
            }
        });
        assertThatThrownBy(() -> store.putIfAbsent("results/a", new byte[0]))
                .isInstanceOfSatisfying(
                        EventHandlingException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRYABLE));
        assertThat(puts).hasSize(5);
    }

    @Test
    void aStreamIsSpooledInTheScratchFolderAndTheFileIsRemoved() throws IOException {
        S3BlobStore store = store(new Client() {
            @Override
            InputStream content() {
                throw new AssertionError("nothing is read");
            }
        });
        assertThatThrownBy(() -> store.put("inbox/a.csv", new Zeros(3))).isInstanceOf(EventHandlingException.class);
        assertThat(spooled)
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString()).matches("millrace-s3-.*[.]part"));
        assertThat(files()).isEmpty();
    }

    private S3BlobStore store(S3Client client) {
        return new S3BlobStore(client, S3Place.parse("s3://bucket"), scratch);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(scratch)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** Turns every conditional put away, is unreachable for others, and gives out one content. */
    private abstract class Client implements S3Client {
        abstract InputStream content();

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            puts.add(request);
            spooled.addAll(files());
            if (request.ifNoneMatch() == null) {
                throw SdkClientException.create("away");
            }
            throw (S3Exception) S3Exception.builder().statusCode(412).build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            try {
                return transformer.transform(
                        GetObjectResponse.builder().build(), AbortableInputStream.create(content()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }

    private static final class Zeros extends InputStream {
        private int left;

        Zeros(int length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int given = Math.min(left, length);
            left -= given;
            return given;
        }
    }
}
