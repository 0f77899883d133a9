package dev.keyledger.log.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.cli.ExitCode;
import dev.keyledger.log.cli.Main;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.verify.SampleLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileFolderTest {
    private final SampleLog log = new SampleLog(700);

    @TempDir
    Path root = Path.of("");

    @Test
    void isACompleteLogAtEverySizeThatItFollows() throws IOException, VerificationException {
        TileFolder folder = new TileFolder(root);
        for (int size : new int[] {1, 5, 255, 256, 257, 257, 511, 512, 700}) {
            folder.follow(log.tiles, log.checkpointAt(size));

            assertThat(folder.checkpoint()).map(SignedCheckpoint::format).hasValue(checkpoint(size));
            assertVerified(size);
        }
    }

    @Test
    void keepsNoPartialTileOfAFullOne() throws IOException, VerificationException {
        TileFolder folder = new TileFolder(root);
        folder.follow(log.tiles, log.checkpointAt(200));
        assertThat(root.resolve("tile/entries/000.p/200")).exists();

        folder.follow(log.tiles, log.checkpointAt(300));

        assertThat(root.resolve("tile/entries/000.p")).doesNotExist();
        assertThat(root.resolve("tile/entries/000")).exists();
        assertThat(root.resolve("tile/0/001.p/44")).exists();
        assertThat(root.resolve("tile/1/000.p/1")).exists();
    }

    @Test
    void writesOnlyWhatIsNew() throws IOException, VerificationException {
        TileFolder folder = new TileFolder(root);
        folder.follow(log.tiles, log.checkpointAt(600));
        int read = log.tiles.tilesRead();

        folder.follow(log.tiles, log.checkpointAt(601));

        // the right edge of two levels; the proof reads two tiles more
        assertThat(log.tiles.tilesRead() - read).isLessThanOrEqualTo(4);
    }

    @Test
    void goesOnAfterACrashBeforeTheCheckpoint() throws IOException, VerificationException {
        new TileFolder(root).follow(log.tiles, log.checkpointAt(300));
        byte[] before = Files.readAllBytes(root.resolve("checkpoint"));
        new TileFolder(root).follow(log.tiles, log.checkpointAt(600));
        Files.write(root.resolve("checkpoint"), before);
        Files.write(root.resolve("tile/entries/001"), new byte[] {1, 2, 3});
        Files.delete(root.resolve("tile/0/000"));
        Files.write(root.resolve(".part"), new byte[] {4, 5, 6});

        new TileFolder(root).follow(log.tiles, log.checkpointAt(600));

        assertVerified(600);
    }

    @Test
    void neverGoesBack() throws IOException, VerificationException {
        TileFolder folder = new TileFolder(root);
        folder.follow(log.tiles, log.checkpointAt(300));

        assertThatThrownBy(() -> folder.follow(log.tiles, log.checkpointAt(299)))
                .isInstanceOf(VerificationException.class)
                .hasMessageContaining("rolled back: it is at size 299, the folder has its checkpoint of size 300");
        assertVerified(300);
    }

    @Test
    void doesNotFollowAFork() throws IOException, VerificationException {
        TileFolder folder = new TileFolder(root);
        folder.follow(log.tiles, log.checkpointAt(300));
        SampleLog other = new SampleLog(700);

        assertThatThrownBy(() -> folder.follow(other.tiles, other.checkpointAt(400)))
                .isInstanceOf(VerificationException.class);
        assertThatThrownBy(() -> folder.follow(other.tiles, other.checkpointAt(300)))
                .isInstanceOf(VerificationException.class);
        assertVerified(300);
    }

    @Test
    void publishesNoHole() throws IOException, VerificationException {
        TileFolder folder = new TileFolder(root);
        folder.follow(log.tiles, log.checkpointAt(300));
        SignedCheckpoint next = log.checkpointAt(600);
        log.tiles.leaves.set(400, new byte[0]);

        assertThatThrownBy(() -> folder.follow(log.tiles, next)).hasMessage("the log has lost entry 400");
        assertVerified(300);

        log.tiles.leafHashes.set(255, Hash.ZERO);
        TileFolder fresh = new TileFolder(root.resolve("fresh"));
        assertThatThrownBy(() -> fresh.follow(log.tiles, log.checkpointAt(300)))
                .hasMessage("the log has lost a hash of tile/0/000");
        assertThat(root.resolve("fresh/checkpoint")).doesNotExist();
    }

    private String checkpoint(int size) {
        return log.checkpointAt(size).format();
    }

    private void assertVerified(int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> words = Arrays.asList(
                "verify", root.toString(), "--vkey", log.signer.verifierKey().toString());
        ExitCode code = Main.run(words, print, print);
        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(code).as(printed).isEqualTo(ExitCode.VERIFIED);
        assertThat(printed).contains("size " + size);
    }
}
