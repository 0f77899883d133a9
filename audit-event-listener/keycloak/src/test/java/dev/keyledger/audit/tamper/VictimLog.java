package dev.keyledger.audit.tamper;

import dev.keyledger.audit.capture.CapturePolicies;
import dev.keyledger.audit.capture.CapturePolicy;
import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.storage.JpaLogStorage;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.KeyStorage;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogKeys;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.audit.storage.PendingLogs;
import dev.keyledger.audit.storage.SigningKeys;
import dev.keyledger.audit.storage.StagedParts;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.cli.ExitCode;
import dev.keyledger.log.cli.Main;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.sequence.Log;
import dev.keyledger.log.sequence.OutsideMemory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A log with entries, its realm's capture policy, a node that runs, a witness file, and an auditor who kept a checkpoint and the key. */
final class VictimLog {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final CapturePolicy EVERYTHING = new CapturePolicy(Map.of(), Set.of(), Set.of());
    private static final CapturePolicy POLICY =
            new CapturePolicy(Map.of(EntryKind.USER, Set.of("LOGIN")), Set.of(), Set.of());
    private static final String POLICY_TOLD = "{\"asynchronous\":[],\"excluded.user\":[\"LOGIN\"],\"failOpen\":[]}";

    private final TestDatabase database;
    private final Path folder;
    private final FileWitness witness;
    private final String id = UUID.randomUUID().toString();
    private final Node running;
    private final String vkey;
    private SignedCheckpoint kept;

    VictimLog(TestDatabase database, Path folder, int entries) {
        this.database = database;
        this.folder = folder;
        this.witness = new FileWitness(folder.resolve(id + ".jsonl"), "node", CLOCK);
        this.running = new Node();
        kept = grow(entries);
        database.run(em -> running.policies.store(em, id, POLICY));
        running.policies.refresh();
        vkey = new LogKeys(id, database)
                .held(kept.checkpoint().origin())
                .get(0)
                .vkey()
                .toString();
    }

    String id() {
        return id;
    }

    /** Seals some more entries; answers the checkpoint, which the auditor keeps. */
    SignedCheckpoint grow(int entries) {
        for (int i = 0; i < entries; i++) {
            running.stage();
        }
        kept = running.log(id).run().orElseThrow();
        witness.of(id, id).append(kept);
        witness.flush();
        return kept;
    }

    /** Seals an entry that tells of the realm's policy, as there is one wherever a realm has been given a policy. */
    void tellPolicy() {
        running.test.stage("POLICY", "change", "{\"after\":" + POLICY_TOLD + "}");
        grow(0);
    }

    /** An entry that waits. */
    void stage() {
        running.stage();
    }

    boolean isNoticedBy(Detector detector) {
        try {
            return switch (detector) {
                case VERIFY -> !verifies() || !verifiesLater();
                case SINCE -> !verifies("--since", keptFile());
                case RUNNING -> running.isStopped() || running.missesPolicies();
                case STARTED -> {
                    Node started = new Node();
                    yield started.isStopped() || started.missesPolicies();
                }
                case WITNESS -> {
                    witness.refresh();
                    Node started = new Node(witness.of(id, id));
                    yield started.isStopped() || started.missesPolicies();
                }
                case VERIFICATION -> throw new IllegalArgumentException("is seen on a real server");
            };
        } catch (RuntimeException e) {
            // a log that can be neither read nor sealed is noticed
            return true;
        }
    }

    private boolean verifiesLater() {
        return !new Node().isStopped() && verifies();
    }

    private boolean verifies(String... options) {
        Path zip = folder.resolve(id + ".zip");
        JpaTileSource tiles = new JpaTileSource(id, database);
        SignedCheckpoint newest =
                Objects.requireNonNull(LogStatus.read(database, id).checkpoint(), "checkpoint");
        try (OutputStream out = Files.newOutputStream(zip)) {
            BundleWriter.write(
                    BundleRequest.complete(
                            newest,
                            tiles,
                            new Node().test.privateParts(),
                            new LogKeys(id, database).history(newest, tiles)),
                    out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new ArrayList<>(List.of("verify", zip.toString(), "--vkey", vkey));
        words.addAll(List.of(options));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return Main.run(words, nowhere, nowhere) == ExitCode.VERIFIED;
    }

    private String keptFile() {
        try {
            return Files.writeString(folder.resolve(id + ".checkpoint"), kept.format())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server as it starts: it reads its keys, and knows nothing of what was before. */
    private final class Node {
        private final KeyRing keys;
        private final SigningKeys signing;
        private final LogDirectory directory = new LogDirectory(database, "log.example");
        private final CapturePolicies policies;
        private final OutsideMemory outside;
        private final Map<String, Log<StagedParts>> logs = new HashMap<>();
        private final TestLog test;

        private Node() {
            this(OutsideMemory.NONE);
        }

        private Node(OutsideMemory outside) {
            this.outside = outside;
            SecureRandom random = new SecureRandom();
            MasterKeys masters =
                    new KeyStorage(database, Map.of(), Duration.ZERO, random, CLOCK).load(Custody.DATABASE);
            keys = new KeyRing(masters, CLOCK, random);
            signing = new SigningKeys(masters, random, CLOCK);
            policies = new CapturePolicies(EVERYTHING, Set.of(EntryKind.USER), database, directory, () -> keys);
            // only stages: what is signed is signed with the keys of the database
            test = new TestLog(database, id, keys, origin -> Ed25519Signer.generate(origin, random));
        }

        private Log<StagedParts> log(String logId) {
            return logs.computeIfAbsent(
                    logId,
                    each -> new Log<>(
                            new JpaLogStorage(each, database, directory, keys, CLOCK, Runnable::run),
                            head -> new LogKeys(each, database)
                                    .signers(head.origin(), head.size(), 0, CLOCK.millis(), signing),
                            outside,
                            CLOCK));
        }

        private void stage() {
            test.stage(
                    "CREATE",
                    "actor",
                    "{\"id\":\"admin-id\",\"name\":\"admin\",\"type\":\"user\"}",
                    "target",
                    "{\"id\":\"alice-id\",\"name\":\"alice\",\"type\":\"USER\"}",
                    "net",
                    "{\"ip\":\"192.0.2.1\"}");
        }

        /** Whether a realm has not the policy that it was given. */
        private boolean missesPolicies() {
            return !policies.refresh().forged().isEmpty();
        }

        /** Whether an entry of now is not sealed and signed, or something on the stage is set aside. */
        private boolean isStopped() {
            stage();
            boolean stopped = false;
            for (String logId : new PendingLogs(database).find()) {
                log(logId).run();
                LogStatus status = LogStatus.read(database, logId);
                stopped |= !status.state().equals("ACTIVE")
                        || status.staged() > 0
                        || status.quarantined() > 0
                        || status.signedSize() < status.size();
            }
            LogStatus status = LogStatus.read(database, id);
            return stopped || !status.state().equals("ACTIVE") || status.staged() > 0 || status.quarantined() > 0;
        }
    }
}
