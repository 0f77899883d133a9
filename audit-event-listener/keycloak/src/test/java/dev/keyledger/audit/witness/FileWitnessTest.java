package dev.keyledger.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileWitnessTest {
    private static final String ORIGIN = "log.example/audit/realm";

    @TempDir
    Path folder = Path.of("");

    private final Ed25519Signer signer = Ed25519Signer.generate(ORIGIN, new SecureRandom());

    @Test
    void remembersWhatALogTellsItAndAnotherNodeReadsIt() {
        FileWitness one = witness("one");
        one.of("realm", "log").append(signed(3));
        one.flush();

        FileWitness other = witness("other");
        other.refresh();

        assertThat(other.of("realm", "realm").newest(ORIGIN))
                .containsExactly(signed(3).checkpoint());
        assertThat(other.newest().values())
                .extracting(known -> known.get(0).realmId())
                .containsExactly("realm");
    }

    @Test
    void owesWhatItCouldNotAppendAndPaysItWhenTheVolumeIsBack() throws IOException {
        Path volume = folder.resolve("volume");
        FileWitness witness = new FileWitness(volume, "one", InstantSource.system());

        witness.of("realm", "log").append(signed(3));
        witness.flush();

        assertThat(witness.health().owed()).isOne();
        assertThat(witness.health().error()).startsWith("cannot be written: ").contains("NoSuchFile");
        assertThat(witness.health().errors()).isOne();
        Files.createDirectory(volume);
        witness.flush();
        assertThat(witness.health().owed()).isZero();
        assertThat(witness.of("realm", "log").newest(ORIGIN))
                .containsExactly(signed(3).checkpoint());
        assertThat(witness.health().error()).isNull();
        assertThat(witness.health().errors()).isOne();
    }

    @Test
    void staysInErrorWhenItCanBeReadOnly() throws IOException {
        FileWitness witness = witness("one");
        Path inTheWay = Files.createDirectory(folder.resolve("keyledger-one.jsonl.1"));

        witness.of("realm", "log").append(signed(3));
        witness.flush();
        assertThat(witness.health().error()).startsWith("cannot be written: ");
        Files.delete(inTheWay);
        witness.refresh();

        assertThat(witness.health().error()).startsWith("cannot be written: ");
    }

    /** A pipe that nobody reads hangs, as a volume on a network does when its server is gone. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void waitsForAVolumeThatDoesNotAnswerNoLongerThanItsPatience() throws IOException, InterruptedException {
        Path pipe = folder.resolve("w.jsonl");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        FileWitness witness = new FileWitness(pipe, "one", InstantSource.system(), Duration.ofMillis(200));
        witness.of("realm", "log").append(signed(3));

        witness.flush();
        assertThat(witness.health().error()).isEqualTo("cannot be written: it does not answer within PT0.2S");
        witness.flush();
        assertThat(witness.health().error()).isEqualTo("cannot be written: it has not answered yet");
        assertThat(witness.of("realm", "log").newest(ORIGIN)).isEmpty();
        assertThat(witness.health().owed()).isOne();
    }

    private FileWitness witness(String node) {
        return new FileWitness(folder, node, InstantSource.system());
    }

    private SignedCheckpoint signed(long size) {
        return new Checkpoint(ORIGIN, new TreeHead(size, LogHasher.emptyRoot())).sign(List.of(signer));
    }
}
