package dev.keyledger.audit.key;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A master key in a file: PKCS#12 (a secret key under the alias {@value #ALIAS}) or text, see {@link KeyText}. Where
 * the file system has POSIX permissions the file may be read by its owner only.
 */
public final class KeyFile implements KeyPlace {
    /** Where in a PKCS#12 file the key stands. */
    public static final String ALIAS = "keyledger-master";

    private static final int MAX_BYTES = 100_000;
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<?> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final char @Nullable [] password;
    private final SecureRandom random;

    /** @param password of a PKCS#12 file; null for a text file */
    public KeyFile(Path file, @Nullable String password, SecureRandom random) {
        this.file = file.toAbsolutePath();
        this.password = password == null ? null : password.toCharArray();
        this.random = random;
    }

    @Override
    public String describe() {
        return "key file " + file;
    }

    @Override
    public Optional<MasterKey> read() throws KeyException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            requireOwnersOnly();
            if (Files.size(file) > MAX_BYTES) {
                throw new KeyException(describe() + " has more than " + MAX_BYTES + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            // PKCS#12 is DER, which begins with a SEQUENCE
            return Optional.of(bytes.length > 0 && bytes[0] == 0x30 ? fromStore(bytes) : fromText(bytes));
        } catch (IOException e) {
            throw new KeyException(describe() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Written beside, forced to the disk, then renamed: at no time is there a file of that name with half a key in it.
     */
    @Override
    public MasterKey make() throws KeyException {
        MasterKey key = MasterKey.generate(random);
        byte[] bytes = isStore() ? toStore(key) : KeyText.format(key).getBytes(StandardCharsets.US_ASCII);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            if (isPosix(file)) {
                Files.createFile(part, MODE);
            } else {
                Files.createFile(part);
            }
            try (FileChannel out = FileChannel.open(part, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(bytes));
                out.force(true);
            }
            if (Files.exists(file)) {
                throw new KeyException(describe() + " has come into being meanwhile; it is not overwritten");
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
            return key;
        } catch (IOException e) {
            throw new KeyException(describe() + " cannot be written: " + e, e);
        }
    }

    private boolean isStore() {
        return password != null;
    }

    private MasterKey fromText(byte[] bytes) throws KeyException {
        try {
            return KeyText.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (KeyException e) {
            throw new KeyException(describe() + ": " + e.getMessage(), e);
        }
    }

    private MasterKey fromStore(byte[] bytes) throws KeyException {
        if (password == null) {
            throw new KeyException(describe() + " is PKCS#12, and the option key-file-password is not set");
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            Key key = store.getKey(ALIAS, password);
            if (key == null || key.getEncoded() == null || key.getEncoded().length != MasterKey.SIZE) {
                throw new KeyException(
                        describe() + " has no secret key of " + MasterKey.SIZE + " bytes with the alias " + ALIAS);
            }
            return new MasterKey(key.getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyException(describe() + " does not open: " + e.getMessage(), e);
        }
    }

    private byte[] toStore(MasterKey key) throws KeyException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setEntry(
                    ALIAS,
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(key.bytes(), "AES")),
                    new KeyStore.PasswordProtection(password));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyException(describe() + " cannot be made: " + e.getMessage(), e);
        }
    }

    private void requireOwnersOnly() throws KeyException, IOException {
        if (!isPosix(file)) {
            return;
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        if (!OWNERS.containsAll(mode)) {
            throw new KeyException(describe() + " has the mode " + PosixFilePermissions.toString(mode)
                    + ", want rw------- (chmod 600): others than its owner may not read the key");
        }
    }

    private void forceFolder() throws IOException {
        if (isPosix(file)) {
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
