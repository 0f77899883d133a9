package dev.keyledger.audit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path folder = Path.of("");

    @Test
    void hasNoKeyBeforeItIsMade() throws KeyException {
        assertThat(text("none").read()).isEmpty();
    }

    @Test
    void readsTheKeyThatItMade() throws KeyException {
        MasterKey made = text("key.pem").make();

        assertThat(text("key.pem").read()).contains(made);
    }

    @Test
    void readsTheKeyThatItMadeInAStore() throws KeyException {
        MasterKey made = store("key.p12", "sesame").make();

        assertThat(store("key.p12", "sesame").read()).contains(made);
        assertRefused(() -> store("key.p12", "other").read(), "does not open");
        assertRefused(() -> text("key.p12").read(), "is PKCS#12, and the option key-file-password is not set");
    }

    @Test
    void makesAFileForItsOwnerOnly() throws KeyException, IOException {
        text("key.pem").make();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("key.pem"));
        assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-rw----", "rwx--x---"})
    void refusesAFileThatOthersMayUse(String mode) throws KeyException, IOException {
        text("key.pem").make();
        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString(mode));

        assertRefused(() -> text("key.pem").read(), "has the mode " + mode + ", want rw------- (chmod 600)");
    }

    @Test
    void readsAFileThatItsOwnerMayOnlyRead() throws KeyException, IOException {
        MasterKey made = text("key.pem").make();
        Files.setPosixFilePermissions(folder.resolve("key.pem"), PosixFilePermissions.fromString("r--------"));

        assertThat(text("key.pem").read()).contains(made);
    }

    @Test
    void readsWhatOpensslPrints() throws KeyException, IOException {
        MasterKey key = MasterKey.generate(random);
        write("bare", Base64.getEncoder().encodeToString(key.bytes()) + "\n");
        write("line", KeyText.format(key).replace("\n", ""));

        assertThat(text("bare").read()).contains(key);
        assertThat(text("line").read()).contains(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense!", "c2hvcnQ=", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"})
    void refusesWhatIsNoKeyAndShowsNothingOfIt(String content) throws IOException {
        write("bad", content);

        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> text("bad").read())
                .withMessageContaining("key file ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("nonsense", "c2hv", "AAAA"));
    }

    @Test
    void overwritesNothing() throws KeyException {
        MasterKey made = text("key.pem").make();

        assertRefused(() -> text("key.pem").make(), "it is not overwritten");
        assertThat(text("key.pem").read()).contains(made);
    }

    @Test
    void saysThatTheFolderIsMissing() {
        assertRefused(() -> text("no/such/folder/key.pem").make(), "cannot be written");
    }

    private void write(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private KeyFile text(String name) {
        return new KeyFile(folder.resolve(name), null, random);
    }

    private KeyFile store(String name, String password) {
        return new KeyFile(folder.resolve(name), password, random);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(KeyException.class).isThrownBy(call).withMessageContaining(message);
    }
}
