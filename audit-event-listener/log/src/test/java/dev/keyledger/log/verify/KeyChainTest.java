package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entry 100 of 300 introduces a second key; both sign at size 101, the second alone at size 300. */
class KeyChainTest {
    private static final int ROTATION = 100;

    private final SampleLog log = new SampleLog(300, ROTATION);
    private final LogKey first = LogKey.first(log.signer.verifierKey());
    private final LogKey second = log.introduced(log.checkpointAt(ROTATION + 1, log.signer, log.next));
    private final SignedCheckpoint byTheSecond = log.checkpointAt(300, log.next);

    @TempDir
    Path folder = Path.of("");

    @Test
    void followsTheEntryThatIntroducesAKey() throws IOException {
        VerificationReport report = verify(log.request(byTheSecond, first, second));

        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(messages(report))
                .contains("entry 100 introduces Ed25519 key ID "
                        + log.next.verifierKey().keyIdHex() + ", under the checkpoint of size 101 by key ID "
                        + log.signer.verifierKey().keyIdHex());
    }

    @Test
    void followsItFromTheKeyThatTheAuditorNamed() throws IOException {
        BundleRequest request = log.request(byTheSecond, first, second);

        assertThat(verify(request, log.signer.verifierKey()).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(verify(request, log.next.verifierKey()).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(verify(request, newKey()).verdict()).isEqualTo(Verdict.TAMPERED);
    }

    @Test
    void followsItInAPartOfTheLog() throws IOException {
        BundleRequest request = log.request(byTheSecond, first, second).range(250, 260);

        assertThat(verify(request, log.signer.verifierKey()).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void acceptsWhatBothSigned() throws IOException {
        SignedCheckpoint both = log.checkpointAt(300, log.signer, log.next);

        assertThat(verify(log.request(both, first, second)).verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(verify(log.request(both, first)).verdict()).isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void refusesALaterKeyThatNoEntryIntroduces() throws IOException {
        SampleLog without = new SampleLog(300);
        LogKey claimed = LogKey.first(without.next.verifierKey());

        assertTampered(
                verify(without.request(
                        without.checkpointAt(300, without.next), LogKey.first(without.signer.verifierKey()), claimed)),
                "note has no signature by a known key");
    }

    @Test
    void refusesALaterKeyWhoseEntryNoOlderKeyCovers() throws IOException {
        assertTampered(verify(log.request(byTheSecond, first)), "note has no signature by a known key");
        LogKey underItself = log.introduced(log.checkpointAt(ROTATION + 1, log.next));
        assertTampered(verify(log.request(byTheSecond, first, underItself)), "note has no signature by a known key");
    }

    @Test
    void refusesAnEntryOfAnotherTree() throws IOException {
        SampleLog other = new SampleLog(300, ROTATION);
        SignedCheckpoint forged = other.checkpointAt(ROTATION + 1, log.signer);
        LogKey introduced = other.introduced(forged);

        assertTampered(
                verify(log.request(log.checkpointAt(300, log.signer, log.next, other.next), first, introduced)),
                "entries [0, 101): root at size 101 is ");
    }

    @Test
    void refusesAnOlderKeyAloneBehindTheEntry() throws IOException {
        String message =
                "entry 100 hands over to key ID " + log.next.verifierKey().keyIdHex();

        assertTampered(verify(log.request(log.checkpointAt(300), first, second)), message);
        assertTampered(verify(log.request(log.checkpointAt(300), first)), message);
        assertThat(verify(log.request(log.checkpointAt(ROTATION), first)).verdict())
                .isEqualTo(Verdict.VERIFIED);
    }

    @Test
    void refusesAProofOfARotationThatLeadsElsewhere() throws IOException {
        SignedCheckpoint wrong = log.sign(new TreeHead(ROTATION + 1, Hash.ZERO));

        assertTampered(
                verify(log.request(byTheSecond, first, log.introduced(wrong))),
                "rotations/100.tlog-proof: inclusion proof of leafIndex 100 leads to root ");
    }

    private static VerifierKey newKey() {
        return Ed25519Signer.generate(SampleLog.ORIGIN, new SecureRandom()).verifierKey();
    }

    private VerificationReport verify(BundleRequest request, VerifierKey... trusted) throws IOException {
        Path zip = Files.write(folder.resolve("bundle.zip"), SampleLog.write(request));
        try (LogSource files = LogSource.open(zip)) {
            return LogVerifier.verify(files, new VerifyOptions(List.of(trusted), null, null));
        }
    }

    private static void assertTampered(VerificationReport report, String messageStart) {
        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.TAMPERED);
        assertThat(messages(report)).anyMatch(message -> message.startsWith(messageStart));
    }

    private static List<String> messages(VerificationReport report) {
        return report.findings().stream().map(Finding::message).toList();
    }
}
