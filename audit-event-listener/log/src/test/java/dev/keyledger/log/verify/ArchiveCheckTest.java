package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.SealedPart;
import dev.keyledger.log.bundle.SealedParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is verified by itself: its own entries, under the checkpoint of a larger log. */
class ArchiveCheckTest {
    private static final int SIZE = 1_100;

    private final SampleLog log = new SampleLog(SIZE);

    @TempDir
    Path folder = Path.of("");

    @Test
    void verifiesARangeInTheMiddleOfALog() throws IOException {
        VerificationReport report = verify(archive(256, 768));

        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.findings())
                .extracting(Finding::message)
                .contains(
                        "512 of 512 hashed (entries [256, 768))",
                        "open 0, sealed 1024, erased 0, missing 0, mismatch 0");
    }

    @Test
    void verifiesTheBeginningAndTheLastWholeTile() throws IOException {
        assertThat(verify(archive(0, 256)).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(verify(archive(768, 1_024)).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void namesAnEditedEntry() throws IOException {
        byte[] leaf = log.tiles.leaves.get(300).clone();
        byte[] edited = log.tiles.leaves.get(301);
        log.tiles.leaves.set(300, edited);
        VerificationReport report = verify(archive(256, 512));
        log.tiles.leaves.set(300, leaf);

        assertThat(report.verdict()).isEqualTo(Verdict.TAMPERED);
    }

    @Test
    void isMadeOfWholeTilesOnly() {
        assertThatThrownBy(() -> archive(1, 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("want whole tiles");
    }

    private Path archive(long from, long to) throws IOException {
        SealedParts parts = (first, end) -> List.of(new SealedPart(first, "actor", "subject", "c2VhbGVk"));
        return Files.write(
                folder.resolve("archive.zip"),
                SampleLog.write(log.request().range(from, to).archive(parts)));
    }

    private VerificationReport verify(Path archive) throws IOException {
        try (LogSource files = LogSource.open(archive)) {
            return LogVerifier.verify(files, new VerifyOptions(List.of(log.signer.verifierKey()), null, null));
        }
    }
}
