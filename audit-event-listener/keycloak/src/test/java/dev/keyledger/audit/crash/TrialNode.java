package dev.keyledger.audit.crash;

import dev.keyledger.audit.publish.TilesExport;
import dev.keyledger.audit.storage.EmbeddedDatabase;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.sequence.Log;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that stages entries, seals and signs them without a pause, remembers in a witness's file what it has signed,
 * and exports the tiles, until it is killed. On
 * standard output it says what it is about to do and what it was told:
 *
 * <pre>
 * try LOG ID                 the entry with that id is going to be staged
 * ack LOG ID                 its transaction has committed
 * signed LOG SIZE ROOT       a checkpoint has been stored
 * </pre>
 */
final class TrialNode {
    static final List<String> LOGS = List.of("one", "two");

    private static final int WRITERS = 3;
    private static final long PAUSE = Duration.ofMillis(4).toNanos();
    private static final Duration EXPORT = Duration.ofMillis(50);

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final TestDatabase database;
    private final TrialKeys keys;
    private final FileWitness witness;

    private TrialNode(TestDatabase database, TrialKeys keys, FileWitness witness) {
        this.database = database;
        this.keys = keys;
        this.witness = witness;
    }

    /** Takes the database's URL and user, the keys, the folder of the tiles and that of the witness's files. */
    public static void main(String[] args) {
        TestDatabase database = TestDatabase.at(args[0], args[1]);
        EmbeddedDatabase.writeEveryCommit(database);
        new Thread(TrialNode::endWithTheTest, "end").start();
        new TilesExport(Path.of(args[3]), database, EXPORT).start();
        FileWitness witness = new FileWitness(
                Path.of(args[4]), "node-" + ProcessHandle.current().pid(), InstantSource.system());
        new TrialNode(database, TrialKeys.parse(args[2]), witness).run();
    }

    /** Nobody is left to kill it when the test itself was ended: its standard input is closed then. */
    private static void endWithTheTest() {
        try {
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        } catch (IOException e) {
            System.err.println(e);
        }
        Runtime.getRuntime().halt(1);
    }

    private void run() {
        for (int writer = 0; writer < WRITERS; writer++) {
            String logId = LOGS.get(writer % LOGS.size());
            new Thread(() -> write(logId), "writer-" + writer).start();
        }
        List<Log<?>> logs = new ArrayList<>();
        LOGS.forEach(logId -> logs.add(keys.log(database, logId).node(witness.of(logId, logId))));
        while (true) {
            witness.refresh();
            for (int i = 0; i < logs.size(); i++) {
                String logId = LOGS.get(i);
                logs.get(i).run().ifPresent(signed -> {
                    TreeHead head = signed.checkpoint().head();
                    out.println("signed " + logId + ' ' + head.size() + ' ' + head.root());
                });
            }
            witness.flush();
        }
    }

    private void write(String logId) {
        TestLog log = keys.log(database, logId);
        while (true) {
            StageEntity row = log.row("CREATE", "actor", "{\"id\":\"" + UUID.randomUUID() + "\",\"type\":\"user\"}");
            out.println("try " + logId + ' ' + row.id);
            log.stage(row);
            out.println("ack " + logId + ' ' + row.id);
            LockSupport.parkNanos(PAUSE);
        }
    }
}
