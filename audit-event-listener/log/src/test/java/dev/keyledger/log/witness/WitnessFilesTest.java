package dev.keyledger.log.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessFilesTest {
    private static final String A = "log.example/audit/a";
    private static final String B = "log.example/audit/b";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, Ed25519Signer> SIGNERS = new HashMap<>();

    @TempDir
    Path folder = Path.of("");

    @Test
    void remembersTheNewestCheckpointOfEveryLog() throws IOException {
        WitnessFiles file = at("w.jsonl");
        file.append(List.of(record(A, 1, "x")));
        file.append(List.of(record(B, 7, "x")));
        file.append(List.of(record(A, 2, "x")));

        WitnessFiles later = at("w.jsonl");
        later.refresh();

        assertThat(later.newest(A)).containsExactly(record(A, 2, "x"));
        assertThat(later.newest()).containsOnlyKeys(A, B);
    }

    @Test
    void remembersEveryRootOfOneSize() throws IOException {
        WitnessFiles file = at("w.jsonl");
        file.append(List.of(record(A, 2, "one")));
        file.append(List.of(record(A, 2, "other")));
        file.append(List.of(record(A, 1, "old")));

        WitnessFiles later = at("w.jsonl");
        later.refresh();

        assertThat(later.newest(A)).containsExactly(record(A, 2, "one"), record(A, 2, "other"));
    }

    @Test
    void givesEveryWriterAFileInAFolderAndReadsThemAll() throws IOException {
        WitnessFiles one = WitnessFiles.at(folder, "node-1", WitnessFiles.MAX_BYTES);
        WitnessFiles other = WitnessFiles.at(folder, "node 2", WitnessFiles.MAX_BYTES);
        one.append(List.of(record(A, 1, "x")));
        other.append(List.of(record(A, 2, "x")));

        one.refresh();

        assertThat(one.newest(A)).containsExactly(record(A, 2, "x"));
        assertThat(names()).containsExactly("keyledger-node-1.jsonl", "keyledger-node_2.jsonl");
    }

    @Test
    void letsSeveralServersShareAFile() throws InterruptedException, IOException {
        List<Process> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Server.class.getName(),
                            folder.resolve("w.jsonl").toString(),
                            "log.example/audit/" + i)
                    .inheritIO()
                    .start());
        }
        for (Process server : servers) {
            assertThat(server.waitFor()).isZero();
        }

        WitnessFiles reader = at("w.jsonl");
        reader.refresh();
        assertThat(reader.newest().values())
                .extracting(known -> known.get(0).size())
                .containsExactly(200L, 200L, 200L);
        assertThat(reader.passedOver()).isZero();
    }

    @Test
    void readsOnlyWhatIsNew() throws IOException {
        WitnessFiles file = at("w.jsonl");
        WitnessFiles reader = at("w.jsonl");
        file.append(List.of(record(A, 1, "x")));
        reader.refresh();
        file.append(List.of(record(A, 2, "x")));

        reader.refresh();

        assertThat(reader.newest(A)).containsExactly(record(A, 2, "x"));
    }

    @Test
    void passesOverALineThatWasCutAndEndsIt() throws IOException {
        WitnessFiles file = at("w.jsonl");
        file.append(List.of(record(A, 1, "x")));
        Files.writeString(folder.resolve("w.jsonl"), "{\"log\":\"a\",\"no", StandardOpenOption.APPEND);
        file.append(List.of(record(A, 3, "x")));

        WitnessFiles later = at("w.jsonl");
        later.refresh();

        assertThat(later.newest(A)).containsExactly(record(A, 3, "x"));
        assertThat(later.passedOver()).isOne();
    }

    @Test
    void leavesALineThatHasNotEndedForTheNextReading() throws IOException {
        Path path = folder.resolve("w.jsonl");
        String line = record(A, 3, "x").format();
        Files.writeString(path, line.substring(0, 50));
        WitnessFiles reader = at("w.jsonl");
        reader.refresh();
        Files.writeString(path, line.substring(50) + "\n", StandardOpenOption.APPEND);

        reader.refresh();

        assertThat(reader.newest(A)).containsExactly(record(A, 3, "x"));
        assertThat(reader.passedOver()).isZero();
    }

    @Test
    void beginsANewFileWithAllThatIsKnownWhenOneIsFull() throws IOException {
        WitnessFiles small = WitnessFiles.at(folder.resolve("w.jsonl"), "node", 1_000);
        small.append(List.of(record(B, 9, "x")));
        for (int size = 1; size <= 20; size++) {
            small.append(List.of(record(A, size, "x")));
        }
        List<String> names = names();
        assertThat(names).hasSizeGreaterThan(3);
        Files.delete(folder.resolve("w.jsonl"));
        Files.delete(folder.resolve("w.jsonl.1"));

        WitnessFiles later = at("w.jsonl");
        later.refresh();

        assertThat(later.newest(A)).containsExactly(record(A, 20, "x"));
        assertThat(later.newest(B)).containsExactly(record(B, 9, "x"));
    }

    @Test
    void saysThatAFileWasCut() throws IOException {
        WitnessFiles file = at("w.jsonl");
        file.append(List.of(record(A, 1, "x")));
        file.refresh();
        Files.write(folder.resolve("w.jsonl"), new byte[0]);

        assertThatIOException().isThrownBy(file::refresh).withMessageContaining("was cut: it has 0 bytes, had ");
        file.refresh();
        assertThat(file.newest(A)).containsExactly(record(A, 1, "x"));
    }

    @Test
    void makesNoFolder() {
        WitnessFiles nowhere = WitnessFiles.at(folder.resolve("unmounted/w.jsonl"), "node", 1_000);

        assertThatIOException().isThrownBy(() -> nowhere.append(List.of(record(A, 1, "x"))));
        assertThatIOException().isThrownBy(nowhere::refresh);
    }

    private WitnessFiles at(String name) {
        return WitnessFiles.at(folder.resolve(name), "node", WitnessFiles.MAX_BYTES);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /** A process that appends to a file that others append to as well. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws IOException {
            WitnessFiles file = WitnessFiles.at(Path.of(arguments[0]), "node", WitnessFiles.MAX_BYTES);
            for (int size = 1; size <= 200; size++) {
                file.append(List.of(record(arguments[1], size, "x")));
            }
        }
    }

    private static WitnessRecord record(String origin, long size, String content) {
        TreeHead head = new TreeHead(size, LogHasher.leaf(content.getBytes(StandardCharsets.US_ASCII)));
        Ed25519Signer signer = SIGNERS.computeIfAbsent(origin, name -> Ed25519Signer.generate(name, RANDOM));
        return new WitnessRecord("a", new Checkpoint(origin, head).sign(List.of(signer)), 1_767_225_600_000L);
    }
}
