package io.millrace.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A key and its certificate for {@code 127.0.0.1} and {@code localhost}, which nobody else vouches for: TLS for a server on
 * the loopback interface. Valid for two days.
 */
public final class LoopbackCertificate {
    /** Of the key store. */
    public static final String PASSWORD = "store-secret";

    private static final String ALIAS = "loopback";
    private static final int LINE = 64;

    private final Path keyStore;
    private final Path certificate;
    private final Path key;

    private LoopbackCertificate(Path keyStore, Path certificate, Path key) {
        this.keyStore = keyStore;
        this.certificate = certificate;
        this.key = key;
    }

    /** Makes a new one; its files, which nobody else may read, lie in this folder. */
    public static LoopbackCertificate make(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path keyStore = folder.resolve("keys.p12");
        keytool(keyStore);
        try {
            KeyStore keys = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
            return new LoopbackCertificate(
                    keyStore,
                    pem(
                            folder.resolve("certificate.pem"),
                            "CERTIFICATE",
                            keys.getCertificate(ALIAS).getEncoded()),
                    pem(
                            folder.resolve("key.pem"),
                            "PRIVATE KEY",
                            keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(keyStore + " cannot be read, though it has just been made", e);
        }
    }

    private static void keytool(Path keyStore) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool made no certificate: " + output.strip());
        }
    }

    private static Path pem(Path file, String label, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n");
    }

    /** Key and certificate as PKCS #12; a trust store, too, for whoever is to believe the certificate. */
    public Path keyStore() {
        return keyStore;
    }

    /** The certificate as PEM. */
    public Path certificate() {
        return certificate;
    }

    /** The key as PEM, PKCS #8. */
    public Path key() {
        return key;
    }
}
