import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fetches the pinned Maven for {@code mvnw}, checks its sha256 and unpacks it. Needs nothing but the JDK.
 *
 * <p>usage: java FetchMaven.java PROPERTIES TARGET_DIR
 */
final class FetchMaven {
    public static void main(String[] args) throws Exception {
        Properties wrapper = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            wrapper.load(in);
        }
        String override = System.getenv("MVNW_DISTRIBUTION_URL");
        URI source = URI.create(override != null ? override : wrapper.getProperty("distributionUrl"));
        Path target = Path.of(args[1]);
        Files.createDirectories(target.getParent());
        Path zip = Files.createTempFile(target.getParent(), "maven", ".zip");
        Path unpacked = Files.createTempDirectory(target.getParent(), "maven");
        try {
            System.err.println("mvnw: fetching Maven from " + source);
            String sha256 = download(source, zip);
            if (!sha256.equals(wrapper.getProperty("distributionSha256Sum"))) {
                throw new IOException("the download's sha256 is " + sha256 + ", not the pinned one; it was not used");
            }
            unpack(zip, unpacked);
            Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private static String download(URI source, Path zip) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(source.toURL().openStream(), digest)) {
            Files.copy(in, zip, StandardCopyOption.REPLACE_EXISTING);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Unpacks without the archive's top folder; entries that point outside are refused. */
    private static void unpack(Path zip, Path target) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path inside = Path.of(entry.getName());
                if (entry.isDirectory() || inside.getNameCount() < 2) {
                    continue;
                }
                Path file = target.resolve(inside.subpath(1, inside.getNameCount())).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("refused: the archive holds " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                Files.copy(in, file);
                if (file.endsWith("bin/mvn")) {
                    file.toFile().setExecutable(true);
                }
            }
        }
    }
}
