package dev.keyledger.audit.crash;

import dev.keyledger.audit.publish.TilesExport;
import dev.keyledger.audit.storage.EmbeddedDatabase;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.sequence.Log;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that stages entries, seals and signs them without a pause and exports the tiles, until it is killed. On
 * standard output it says what it is about to do and what it was told:
 *
 * <pre>
 * try LOG OPERATION          an entry of that operation, unlike any other, is going to be staged
 * ack LOG OPERATION          its transaction has committed
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

    private TrialNode(TestDatabase database, TrialKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /** Takes the database's URL and user, the keys and the folder of the tiles. */
    public static void main(String[] args) {
        TestDatabase database = TestDatabase.at(args[0], args[1]);
        EmbeddedDatabase.writeEveryCommit(database);
        new TilesExport(Path.of(args[3]), database, EXPORT).start();
        new TrialNode(database, TrialKeys.parse(args[2])).run();
    }

    private void run() {
        for (int writer = 0; writer < WRITERS; writer++) {
            String logId = LOGS.get(writer % LOGS.size());
            new Thread(() -> write(logId), "writer-" + writer).start();
        }
        List<Log<?>> logs = new ArrayList<>();
        LOGS.forEach(logId -> logs.add(keys.log(database, logId).node()));
        while (true) {
            for (int i = 0; i < logs.size(); i++) {
                String logId = LOGS.get(i);
                logs.get(i).run().ifPresent(signed -> {
                    TreeHead head = signed.checkpoint().head();
                    out.println("signed " + logId + ' ' + head.size() + ' ' + head.root());
                });
            }
        }
    }

    private void write(String logId) {
        TestLog log = keys.log(database, logId);
        while (true) {
            String operation = "OP-" + UUID.randomUUID();
            out.println("try " + logId + ' ' + operation);
            log.stage(operation, "actor", "{\"id\":\"" + operation + "\",\"type\":\"user\"}");
            out.println("ack " + logId + ' ' + operation);
            LockSupport.parkNanos(PAUSE);
        }
    }
}
