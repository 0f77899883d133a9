package dev.keyledger.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.archive.ArchiveSettings;
import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.Archives;
import dev.keyledger.audit.archive.S3Settings;
import dev.keyledger.audit.archive.S3Settings.Lock;
import dev.keyledger.s3.S3Server.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bucket is given it has, locked as asked, or the store says what is wrong. */
class S3ArchiveStoreTest {
    private static final String PLAIN = "plain-bucket";
    private static final String LOCKING = "locking-bucket";
    private static final int DAYS = 30;
    // As the id of a log is encoded that has a slash: the store's key has the same per cent sign.
    private static final String NAME = "acme%2Frealm/0-256-0f3c9a.keyledger.zip";

    private static S3Server server;

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");
    private String hash = "";

    @BeforeAll
    static void start() throws IOException {
        server = S3Server.start();
        server.createBucket(PLAIN, false);
        server.createBucket(LOCKING, true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("archive.zip"), "an archive ".repeat(100_000) + Instant.now());
        hash = ArchiveStore.sha256(file);
    }

    @AfterEach
    void mend() {
        server.setFault(Fault.NONE);
    }

    @Test
    void hasWhatItWasGiven() throws IOException {
        ArchiveStore store = store(PLAIN, Lock.NONE);

        store.check();
        store.put(NAME, file, hash);

        store.confirm(NAME, hash);
        assertThat(server.keys(PLAIN)).contains("audit/" + NAME);
        assertThat(server.read(PLAIN, "audit/" + NAME)).isEqualTo(Files.readAllBytes(file));
        assertThat(store.describe()).isEqualTo("s3://plain-bucket/audit/");
        assertThatThrownBy(() -> store.open("acme/other.zip")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> store.confirm(NAME, "00".repeat(32))).hasMessageContaining("want 0000");
    }

    @Test
    void locksFromTheMomentThatItExists() throws IOException {
        ArchiveStore store = store(LOCKING, Lock.COMPLIANCE);
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        store.check();
        store.put(NAME, file, hash);

        store.confirm(NAME, hash);
        String retention = server.retention(LOCKING, "audit/" + NAME);
        assertThat(retention).contains("<Mode>COMPLIANCE</Mode>");
        Instant until = Instant.parse(retention.replaceAll("(?s).*<RetainUntilDate>(.*)</RetainUntilDate>.*", "$1"));
        assertThat(until)
                .isBetween(
                        before.plus(DAYS, ChronoUnit.DAYS),
                        before.plus(DAYS, ChronoUnit.DAYS).plusSeconds(60));
    }

    @Test
    void refusesABucketWithoutObjectLock() {
        assertThatThrownBy(store(PLAIN, Lock.GOVERNANCE)::check)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("s3://plain-bucket/audit/: the bucket has no Object Lock");
    }

    @Test
    void saysThatThereIsNoSuchBucket() {
        for (Lock lock : Lock.values()) {
            assertThatThrownBy(store("no-such-bucket", lock)::check)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("s3://no-such-bucket/audit/: there is no such bucket");
        }
    }

    @Test
    void refusesALockThatEndsBeforeItWasAskedTo() {
        server.setFault(Fault.SHORTENS);

        assertThatThrownBy(() -> store(LOCKING, Lock.GOVERNANCE).put("acme/short.zip", file, hash))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("acme/short.zip is not locked as asked");
    }

    @Test
    void noticesWhatTheServerLosesOrChanges() throws IOException {
        ArchiveStore store = store(PLAIN, Lock.NONE);
        server.setFault(Fault.LOSES);
        store.put("acme/lost.zip", file, hash);
        assertThatThrownBy(() -> store.confirm("acme/lost.zip", hash)).isInstanceOf(NoSuchFileException.class);

        server.setFault(Fault.CORRUPTS);
        store.put("acme/changed.zip", file, hash);
        assertThatThrownBy(() -> store.confirm("acme/changed.zip", hash))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has SHA-256");
    }

    @Test
    void sendsTheHashForTheServerToCompare() {
        assertThatThrownBy(() -> store(PLAIN, Lock.NONE).put("acme/wrong.zip", file, "00".repeat(32)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("acme/wrong.zip cannot be put");
        assertThat(server.keys(PLAIN)).doesNotContain("audit/acme/wrong.zip");
    }

    @Test
    void goesOnWhenTheServerIsBack() throws IOException {
        for (ArchiveStore store : List.of(store(PLAIN, Lock.NONE), store(LOCKING, Lock.GOVERNANCE))) {
            server.setFault(Fault.DOWN);
            assertThatThrownBy(store::check).isInstanceOf(IOException.class).hasMessageContaining("503");
            assertThatThrownBy(() -> store.put(NAME, file, hash)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(IOException.class);

            server.setFault(Fault.NONE);
            store.check();
            store.put(NAME, file, hash);
            store.confirm(NAME, hash);
        }
    }

    @Test
    void saysWhyASecretIsNotToBeHad() {
        S3Settings vault = settings(PLAIN, Lock.NONE);
        ArchiveStore sealed = new AwsStoreMaker().make(vault, () -> {
            throw new IOException("vault entry s3 is not there");
        });
        assertThatThrownBy(sealed::check).isInstanceOf(IOException.class).hasMessageContaining("vault entry s3");
    }

    /** As the main jar finds it. */
    private static ArchiveStore store(String bucket, Lock lock) {
        ArchiveSettings options = new ArchiveSettings(null, settings(bucket, lock), 256, Duration.ofMinutes(15));
        return Archives.of(options, entry -> () -> "no vault").orElseThrow().store();
    }

    private static S3Settings settings(String bucket, Lock lock) {
        return new S3Settings(
                bucket,
                null,
                server.endpoint(),
                "audit/",
                true,
                lock,
                lock == Lock.NONE ? 0 : DAYS,
                "key",
                "secret",
                null);
    }
}
