package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.note.MlDsa44;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ML-DSA-44 lines that BouncyCastle signed. A Java that has ML-DSA checks them; another one says that it does not. */
class MlDsaTest {
    private static final long TIME = 1_767_225_600L;

    private final SampleLog log = new SampleLog(20);
    private final MLDSAPrivateKeyParameters secret =
            new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, new byte[32]);
    private final VerifierKey key = VerifierKey.of(SampleLog.ORIGIN, SignatureType.ML_DSA_44, secret.getPublicKey());

    @TempDir
    Path folder = Path.of("");

    @Test
    void signsTheMessageOfTheVector() {
        JsonNode vectors = Vectors.tlog().get("note");
        Checkpoint checkpoint = Checkpoint.parse(vectors.get("body").asText());

        assertThat(Cosignature.subtree(
                        vectors.get("name").asText(), vectors.get("timestamp").asLong(), checkpoint))
                .isEqualTo(Vectors.hex(vectors.get("mldsa_message_hex")));
    }

    @Test
    void checksTheLineWhereJavaCan() throws IOException, CryptoException {
        VerificationReport report = verify(cosigned(TIME, TIME), log.signer.verifierKey(), key);

        assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.VERIFIED);
        assertThat(finding(report).status()).isEqualTo(MlDsa44.isSupported() ? Finding.Status.OK : Finding.Status.SKIP);
        assertThat(finding(report).message())
                .contains(key.keyIdHex(), MlDsa44.isSupported() ? "2026-01-01T00:00:00Z" : "has no ML-DSA");
    }

    @Test
    void refusesALineForAnotherTimeWhereJavaCan() throws IOException, CryptoException {
        VerificationReport report = verify(cosigned(TIME, TIME + 1), log.signer.verifierKey(), key);

        assertThat(report.verdict()).isEqualTo(MlDsa44.isSupported() ? Verdict.TAMPERED : Verdict.VERIFIED);
    }

    @Test
    void refusesALineOfAnotherLengthWhereJavaCan() throws IOException {
        NoteSignature line = new NoteSignature(key.name(), key.keyId(), new byte[100]);

        VerificationReport report = verify(with(line), log.signer.verifierKey(), key);

        assertThat(report.verdict()).isEqualTo(MlDsa44.isSupported() ? Verdict.TAMPERED : Verdict.VERIFIED);
    }

    @Test
    void doesNotBelieveAKeyThatOnlyTheBundleNames() throws IOException, CryptoException {
        VerificationReport report = verify(cosigned(TIME, TIME), log.signer.verifierKey());

        assertThat(finding(report).status()).isEqualTo(Finding.Status.SKIP);
        assertThat(finding(report).message()).contains("which no entry introduces and you did not name");
    }

    @Test
    void tellsALongKeyByItsHash() {
        assertThat(LogKey.word(key)).hasSize(53).matches(key.keyIdHex() + "\\+B[g-v].*");
    }

    private SignedCheckpoint cosigned(long signed, long claimed) throws CryptoException {
        byte[] message = Cosignature.subtree(key.name(), signed, log.checkpoint.checkpoint());
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, secret);
        signer.update(message, 0, message.length);
        byte[] signature = signer.generateSignature();
        byte[] payload = ByteBuffer.allocate(8 + signature.length)
                .putLong(claimed)
                .put(signature)
                .array();
        return with(new NoteSignature(key.name(), key.keyId(), payload));
    }

    private SignedCheckpoint with(NoteSignature line) {
        List<NoteSignature> lines = new ArrayList<>(log.checkpoint.note().signatures());
        lines.add(line);
        return new SignedCheckpoint(
                log.checkpoint.checkpoint(), new Note(log.checkpoint.note().text(), lines));
    }

    private VerificationReport verify(SignedCheckpoint under, VerifierKey... trusted) throws IOException {
        LogKey first = LogKey.first(log.signer.verifierKey());
        Path zip = Files.write(
                folder.resolve("bundle.zip"), SampleLog.write(log.request(under, first, LogKey.first(key))));
        try (LogSource files = LogSource.open(zip)) {
            return LogVerifier.verify(files, new VerifyOptions(List.of(trusted), null, null));
        }
    }

    private static Finding finding(VerificationReport report) {
        return report.findings().stream()
                .filter(finding -> finding.check().equals("ml-dsa"))
                .findFirst()
                .orElseThrow();
    }
}
