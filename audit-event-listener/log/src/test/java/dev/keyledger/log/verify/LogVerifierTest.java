package dev.keyledger.log.verify;

import static dev.keyledger.log.verify.Reports.assertTampered;
import static dev.keyledger.log.verify.Reports.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {
    private final SampleLog log = new SampleLog(300);

    @TempDir
    Path folder;

    @Test
    void verifiesAWholeLog() throws IOException {
        VerificationReport report = verify(log.bundle());

        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(report.summary()).isEqualTo("VERIFIED 300 entries of audit.example.com/audit/acme at size 300");
        assertThat(messages(report))
                .contains(
                        "300 of 300 hashed (entries [0, 300))",
                        "yes: every entry of the log up to size 300",
                        "open 601, sealed 0, erased 0, missing 0, mismatch 0",
                        "{ERASURE=1}");
    }

    @Test
    void verifiesAnEmptyLog() throws IOException {
        assertThat(verify(new SampleLog(0).bundle()).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void verifiesAPartOfALogAndSaysThatItIsAPart() throws IOException {
        VerificationReport report = verify(SampleLog.write(log.request().range(250, 270)));

        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(messages(report))
                .contains("only entries [250, 270) of a log of size 300; nothing is said about the others");
    }

    @Test
    void verifiesWhatAPrunedLogStillHasAndSaysWhereItBegins() throws IOException {
        SampleLog pruned = new SampleLog(600);
        for (int i = 0; i < 256; i++) {
            pruned.tiles.leaves.set(i, new byte[0]);
        }

        VerificationReport report = verify(SampleLog.write(pruned.request().sinceIndex(256)));

        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(messages(report))
                .contains(
                        "begins at entry 256: every entry from there up to size 600; of those before the hashes only");

        pruned.tiles.leafHashes.set(7, pruned.tiles.leafHashes.get(8));
        assertThat(verify(SampleLog.write(pruned.request().sinceIndex(256))).verdict())
                .isEqualTo(Verdict.TAMPERED);
    }

    @Test
    void namesTheEntryWhoseLeafWasEdited() throws IOException {
        byte[] leaf = log.tiles.leaves.get(42);
        leaf[leaf.length - 10] ^= 1;

        assertTampered(verify(log.bundle()), "entry 42: leaf hash is ");
    }

    @Test
    void namesTheEntryWhoseLeafHashWasEdited() throws IOException {
        log.tiles.leafHashes.set(299, LogHasher.leaf(new byte[] {1}));

        assertTampered(verify(log.bundle()), "entry 299: leaf hash is ");
    }

    @Test
    void namesTheTileInWhichLeafAndHashWereEdited() throws IOException {
        byte[] leaf = log.tiles.leaves.get(41);
        log.tiles.leaves.set(42, leaf);
        log.tiles.leafHashes.set(42, LogHasher.leaf(leaf));

        assertTampered(verify(log.bundle()), "entries [0, 256): hash is ");
    }

    @Test
    void namesTheTileInWhichTwoRowsWereSwapped() throws IOException {
        Collections.swap(log.tiles.leaves, 10, 20);
        Collections.swap(log.tiles.leafHashes, 10, 20);
        Collections.swap(log.parts, 10, 20);

        assertTampered(verify(log.bundle()), "entries [0, 256): hash is ");
    }

    @Test
    void namesTheRangeInWhichRowsBehindTheLastFullTileWereSwapped() throws IOException {
        SignedCheckpoint old = log.checkpointAt(280);
        Collections.swap(log.tiles.leaves, 290, 295);
        Collections.swap(log.tiles.leafHashes, 290, 295);
        Collections.swap(log.parts, 290, 295);

        assertTampered(verify(log.bundle()), "entries [0, 300): root is ");
        assertTampered(verify(log.bundle(), new VerifyOptions(List.of(), null, old)), "entries [280, 300): root is ");
    }

    @Test
    void namesADeletedRow() throws IOException {
        log.tiles.leaves.set(77, new byte[0]);
        log.tiles.leafHashes.set(77, Hash.ZERO);

        assertTampered(verify(log.bundle()), "entry 77: is missing from the log's storage");
    }

    @Test
    void namesTheRangeOfAnEditedNode() throws IOException {
        log.tiles.nodes.get(0).set(0, Hash.ZERO);

        assertTampered(verify(log.bundle()), "entries [0, 256): hash is ");
    }

    @Test
    void refusesATreeWithAnotherRootThanTheCheckpoint() throws IOException {
        SignedCheckpoint other = log.sign(new TreeHead(300, Hash.ZERO));

        assertTampered(
                verify(SampleLog.write(BundleRequest.complete(
                        other, log.tiles, null, List.of(LogKey.first(log.signer.verifierKey()))))),
                "entries [0, 300): root is ");
    }

    @Test
    void namesAnEntryOfAPartWhoseLeafWasEdited() throws IOException {
        byte[] leaf = log.tiles.leaves.get(260);
        leaf[leaf.length - 10] ^= 1;

        assertTampered(
                verify(SampleLog.write(log.request().range(250, 270))),
                "entry 260: proofs/260.tlog-proof: inclusion proof of leafIndex 260 leads to root ");
    }

    @Test
    void refusesASignatureByAnotherKeyThanTheAuditors() throws IOException {
        VerifierKey mine =
                Ed25519Signer.generate(SampleLog.ORIGIN, new SecureRandom()).verifierKey();

        assertTampered(
                verify(log.bundle(), new VerifyOptions(List.of(mine), null, null)),
                "note has no signature by a known key");
    }

    @Test
    void isIncompleteWithoutTheWitnessesOfThePolicy() throws IOException {
        String vkey = Ed25519Signer.generate("witness.example/w", new SecureRandom())
                .verifierKey()
                .toString();
        byte[] key = VerifierKey.parse(vkey).publicKey();
        String policy = "log " + log.signer.verifierKey() + "\nwitness w "
                + VerifierKey.of("witness.example/w", (byte) 4, key) + "\nquorum w\n";

        VerificationReport report =
                verify(log.bundle(), new VerifyOptions(List.of(), WitnessPolicy.parse(policy), null));

        assertThat(report.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(report.summary()).endsWith("0 of 1 cosigned []; the policy's quorum is not met");
    }

    @Test
    void findsThatTheLogIsAContinuationOfTheKeptCheckpoint() throws IOException {
        VerificationReport report = verify(log.bundle(), new VerifyOptions(List.of(), null, log.checkpointAt(100)));

        assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(messages(report)).contains("nothing up to size 100, which you kept, was rewritten");
    }

    @Test
    void findsARewriteSinceTheKeptCheckpoint() throws IOException {
        SignedCheckpoint kept = log.sign(new TreeHead(100, Hash.ZERO));

        assertTampered(
                verify(log.bundle(), new VerifyOptions(List.of(), null, kept)),
                "entries [0, 100): root at size 100 is ");
    }

    @Test
    void findsARollbackSinceTheKeptCheckpoint() throws IOException {
        SignedCheckpoint kept = log.sign(new TreeHead(301, Hash.ZERO));

        assertTampered(
                verify(log.bundle(), new VerifyOptions(List.of(), null, kept)),
                "the log had size 301 when you kept its checkpoint, and has 300 now");
    }

    @Test
    void checksTheStoredConsistencyProof() throws IOException {
        assertThat(messages(verify(SampleLog.write(log.request().since(log.checkpointAt(100))))))
                .contains("consistent from size 100 to 300");
        assertTampered(
                verify(SampleLog.write(log.request().since(log.sign(new TreeHead(100, Hash.ZERO))))),
                "consistency.txt: consistency proof from size 100 to 300 leads to older root ");
    }

    @Test
    void readsAPlainTilesFolderWithoutAManifest() throws IOException {
        Path plain = unpack(log.bundle());
        Files.delete(plain.resolve("manifest.json"));
        Files.delete(plain.resolve(BundlePath.PRIVATE));

        VerificationReport report = verify(plain);

        assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(messages(report)).contains("open 0, sealed 601, erased 0, missing 0, mismatch 0");
    }

    @Test
    void findsEveryFileWhoseByteWasChangedOrThatWasRemoved() throws IOException {
        Path unpacked = unpack(SampleLog.write(log.request().since(log.checkpointAt(100))));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(unpacked)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        assertThat(files).hasSize(12);
        for (Path file : files) {
            byte[] good = Files.readAllBytes(file);
            for (int at : new int[] {0, good.length / 2, good.length - 1}) {
                byte[] bad = good.clone();
                bad[at] ^= 1;
                Files.write(file, bad);
                assertThat(verify(unpacked).verdict()).as(file + " byte " + at).isEqualTo(Verdict.TAMPERED);
            }
            Files.delete(file);
            Verdict without = verify(unpacked).verdict();
            boolean manifest = file.endsWith("manifest.json");
            assertThat(without).as("without " + file).isEqualTo(manifest ? Verdict.VERIFIED : Verdict.TAMPERED);
            Files.write(file, good);
        }
        Files.writeString(unpacked.resolve("extra.txt"), "more");
        assertTampered(verify(unpacked), "file \"extra.txt\" is not listed");
    }

    @Test
    void refusesAFolderThatIsNoBundle() {
        assertThatThrownBy(() -> verify(folder))
                .isInstanceOf(FormatException.class)
                .hasMessage("not a bundle: it has neither manifest.json nor checkpoint");
    }

    private Path unpack(byte[] zip) throws IOException {
        Path target = Files.createTempDirectory(folder, "unpacked");
        Path packed = Files.write(folder.resolve("packed.zip"), zip);
        try (LogSource files = LogSource.open(packed)) {
            for (String path : files.paths()) {
                Path file = target.resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, files.read(path, 10_000_000));
            }
        }
        return target;
    }

    private VerificationReport verify(byte[] zip) throws IOException {
        return verify(zip, VerifyOptions.none());
    }

    private VerificationReport verify(byte[] zip, VerifyOptions options) throws IOException {
        return Reports.verify(Files.write(folder.resolve("bundle.zip"), zip), options);
    }

    private static VerificationReport verify(Path folder) throws IOException {
        return Reports.verify(folder, VerifyOptions.none());
    }
}
