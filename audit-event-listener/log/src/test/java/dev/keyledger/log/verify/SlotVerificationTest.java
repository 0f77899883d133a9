package dev.keyledger.log.verify;

import static dev.keyledger.log.verify.Reports.assertTampered;
import static dev.keyledger.log.verify.Reports.messages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verifier says of slots: open, sealed, erased, missing, or not what was committed to. */
class SlotVerificationTest {
    private final SampleLog log = new SampleLog(300);

    @TempDir
    Path folder;

    @Test
    void namesAMismatchedCommitment() throws IOException {
        PrivateSlot other = log.parts.get(6).get(Slot.ACTOR);
        log.parts.get(5).put(Slot.ACTOR, other);

        assertTampered(verify(log.bundle()), "entry 5: slot actor does not open its commitment (OPEN+MISMATCH)");
    }

    @Test
    void namesAMissingSlot() throws IOException {
        log.parts.get(5).remove(Slot.TARGET);

        assertTampered(verify(log.bundle()), "entry 5: slot target is gone and no erasure accounts for it (MISSING)");
    }

    @Test
    void acceptsSealedAndErasedSlots() throws IOException {
        log.parts.get(5).put(Slot.ACTOR, new PrivateSlot.Sealed());
        log.parts.get(6).put(Slot.TARGET, new PrivateSlot.Erased(3));

        VerificationReport report = verify(log.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(messages(report)).contains("open 599, sealed 1, erased 1, missing 0, mismatch 0");
    }

    @Test
    void refusesAnErasureThatIsNone() throws IOException {
        log.parts.get(6).put(Slot.TARGET, new PrivateSlot.Erased(4));

        assertTampered(verify(log.bundle()), "entry 6: is said to be erased by entry 4, which is no erasure (MISSING)");
    }

    @Test
    void refusesASlotThatTheErasureDoesNotList() throws IOException {
        log.parts.get(6).put(Slot.TARGET, new PrivateSlot.Erased(3));
        log.parts.get(7).put(Slot.TARGET, new PrivateSlot.Erased(3));

        assertTampered(
                verify(log.bundle()),
                "entry 7: slot target is said to be erased by entry 3, which does not list it (MISSING)");
    }

    @Test
    void doesNotDecideWithoutTheListOfTheErasure() throws IOException {
        log.parts.get(6).put(Slot.TARGET, new PrivateSlot.Erased(3));
        log.parts.get(3).put(Slot.CHANGE, new PrivateSlot.Sealed());

        VerificationReport report = verify(log.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.INCOMPLETE);
        assertThat(messages(report))
                .contains("entry 6: a slot is said to be erased by entry 3, whose list is not disclosed");
    }

    @Test
    void tellsWhatWasErasedAndOnWhatBasis() throws IOException {
        assertThat(messages(verify(log.bundle()))).contains("entry 3: erased 4 slots; legal basis \"GDPR 17(1)(b)\"");
    }

    @Test
    void doesNotDecideAboutAnErasureOutsideThePart() throws IOException {
        log.parts.get(6).put(Slot.TARGET, new PrivateSlot.Erased(3));

        assertThat(verify(SampleLog.write(log.request().range(5, 9))).verdict()).isEqualTo(Verdict.INCOMPLETE);
    }

    private VerificationReport verify(byte[] zip) throws IOException {
        return Reports.verify(Files.write(folder.resolve("bundle.zip"), zip), VerifyOptions.none());
    }
}
