package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.bundle.BundleEntry;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.EntryReader;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateParts;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.bundle.Selection;
import dev.keyledger.log.entry.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bundle of the entries that a search found. */
class SelectedBundleTest {
    private final SampleLog log = new SampleLog(600);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void provesEachEntryAndSaysThatNothingIsSaidAboutOthers() throws IOException {
        byte[] bundle = SampleLog.write(selected(2L, 255L, 256L, 599L));

        VerificationReport report = verify(bundle);

        assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.entries()).isEqualTo(4);
        assertThat(lines(report))
                .anyMatch(line -> line.contains("4 of 4 hashed"))
                .anyMatch(line -> line.contains("only 4 entries of a log of size 600") && line.contains("actor=zoe"));
        assertThat(read(bundle)).extracting(BundleEntry::index).containsExactly(2L, 255L, 256L, 599L);
        assertThat(read(bundle)).allMatch(entry -> {
            PrivateEntry parts = entry.parts();
            return parts != null && parts.slots().get(Slot.ACTOR) instanceof PrivateSlot.Open;
        });
    }

    @Test
    void isValidWhenTheSearchFoundNothing() throws IOException {
        assertThat(verify(SampleLog.write(selected())).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void holdsBackWhatIsNotToBeDisclosed() throws IOException {
        BundleRequest all = log.request();
        PrivateParts parts = Objects.requireNonNull(all.parts().disclosed());
        byte[] bundle = SampleLog.write(
                BundleRequest.complete(log.checkpoint, log.tiles, parts.disclosing(EnumSet.of(Slot.TARGET)), all.keys())
                        .createdBy("keyledger test", SampleLog.START)
                        .selected(Selection.of(new TreeSet<>(Set.of(3L, 5L)), Map.of())));

        VerificationReport report = verify(bundle);

        assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
        // both targets, and what the erasure lists
        assertThat(lines(report)).anyMatch(line -> line.contains("open 3, sealed 2, erased 0, missing 0"));
    }

    @Test
    void anErasureThatIsInItAccountsForWhatIsGoneAndOneThatIsNotDoesNotDecide() throws IOException {
        log.parts.get(14).put(Slot.TARGET, new PrivateSlot.Erased(3));
        assertThat(verify(SampleLog.write(selected(3L, 14L))).verdict()).isEqualTo(Verdict.VERIFIED);

        log.parts.get(14).put(Slot.TARGET, new PrivateSlot.Erased(20));
        assertThat(verify(SampleLog.write(selected(14L, 30L))).verdict())
                .as("left out")
                .isEqualTo(Verdict.INCOMPLETE);
        assertThat(verify(SampleLog.write(selected(14L, 20L))).verdict())
                .as("an entry that is no erasure")
                .isEqualTo(Verdict.TAMPERED);
    }

    @Test
    void findsAnEntryThatWasEditedLeftOutOrMoved() throws IOException {
        for (String edit : List.of("edited", "left out", "moved")) {
            Path bundle = unpacked(SampleLog.write(selected(2L, 255L, 256L)));
            Path leaves = bundle.resolve("leaves.jsonl");
            List<String> lines = new ArrayList<>(Files.readAllLines(leaves));
            switch (edit) {
                case "edited" -> lines.set(1, lines.get(0).replace("{\"index\":2,", "{\"index\":255,"));
                case "left out" -> lines.remove(1);
                default -> lines.set(1, lines.get(1).replace("255", "254"));
            }
            Files.write(leaves, lines);

            try (LogSource files = LogSource.open(bundle)) {
                VerificationReport report = LogVerifier.verify(files, VerifyOptions.none());
                assertThat(report.verdict()).as(edit).isEqualTo(Verdict.TAMPERED);
                assertThat(lines(report)).as(edit).anyMatch(line -> line.startsWith("FAIL entries"));
            }
        }
    }

    private Path unpacked(byte[] zip) throws IOException {
        Path target = Files.createTempDirectory(folder, "unpacked");
        try (LogSource files = LogSource.open(Files.write(folder.resolve("packed.zip"), zip))) {
            for (String path : files.paths()) {
                Files.createDirectories(target.resolve(path).getParent());
                Files.write(target.resolve(path), files.read(path, 10_000_000));
            }
        }
        return target;
    }

    private static List<String> lines(VerificationReport report) {
        return report.findings().stream().map(Finding::format).toList();
    }

    private BundleRequest selected(Long... indices) {
        return log.request().selected(Selection.of(new TreeSet<>(List.of(indices)), Map.of("actor", "zoe")));
    }

    private VerificationReport verify(byte[] bundle) throws IOException {
        Path file = Files.write(folder.resolve("bundle.zip"), bundle);
        try (LogSource files = LogSource.open(file)) {
            return LogVerifier.verify(files, VerifyOptions.none());
        }
    }

    private List<BundleEntry> read(byte[] bundle) throws IOException {
        Path file = Files.write(folder.resolve("read.zip"), bundle);
        List<BundleEntry> entries = new ArrayList<>();
        try (LogSource files = LogSource.open(file);
                EntryReader reader = EntryReader.open(files, 0)) {
            for (BundleEntry next = reader.next(); next != null; next = reader.next()) {
                entries.add(next);
            }
        }
        return entries;
    }
}
