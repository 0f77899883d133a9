package dev.keyledger.audit.integrity;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.HeldKey;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogKeys;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.PrunedRows;
import dev.keyledger.audit.storage.PrunedUnit;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.StoredRows;
import dev.keyledger.audit.storage.Verifications;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.verify.Finding;
import dev.keyledger.log.verify.StoredTile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log where it is stored: all of it, or a random segment of 65,536 entries. One node at a time does so; what
 * it finds is kept, told in the server's log and as an entry, once, and shown until a verification of everything does
 * not find it any more. It never halts the log: old damage does not make a new signature wrong.
 */
public final class LogVerification {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    /** How long a node that died is waited for. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private static final int SEGMENT_TILES = 256;
    private static final int MAX_FINDINGS = 200;

    private final AuditRuntime runtime;
    private final Verifications verifications;
    private final RandomGenerator random;
    private final BooleanSupplier stopped;

    /** @param stopped when the server ends, and a verification is to be given up */
    public LogVerification(AuditRuntime runtime, RandomGenerator random, BooleanSupplier stopped) {
        this.runtime = runtime;
        this.verifications = new Verifications(runtime.transactions());
        this.random = random;
        this.stopped = stopped;
    }

    /**
     * What a verification did.
     *
     * @param entries that were looked at
     * @param size of the signed tree
     */
    public record Result(long entries, long size, List<Finding> findings) {}

    /** Verifies a whole log; empty when another node is at it, or the server ends. */
    public Optional<Result> everything(LogEpoch log, int rate) {
        return claimed(log, () -> verify(log, new Pace(rate), false));
    }

    /** Verifies a random segment; empty likewise. */
    public Optional<Result> sample(LogEpoch log, int rate) {
        return claimed(log, () -> verify(log, new Pace(rate), true));
    }

    /** Keeps and tells what was found elsewhere. */
    void found(LogEpoch log, String operation, List<Finding> findings) {
        alarm(log, operation, verifications.add(log.logId(), findings, now()));
    }

    private Optional<Result> claimed(LogEpoch log, Verification verification) {
        if (!verifications.claim(log.logId(), now(), CLAIM)) {
            return Optional.empty();
        }
        boolean done = false;
        try {
            Optional<Result> result = verification.run();
            done = result.isPresent();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!done) {
                verifications.extend(log.logId(), now(), Duration.ZERO);
            }
        }
    }

    private Optional<Result> verify(LogEpoch log, Pace pace, boolean sample) throws IOException {
        List<Finding> findings = new ArrayList<>();
        if (verifications.own(log.logId(), runtime.keyRing()).forged()) {
            findings.add(new Finding(
                    Finding.Status.FAIL,
                    "verification",
                    "AUDIT_VERIFICATION says of this log that it was verified when this server has not done so",
                    null));
        }
        SignedCheckpoint signed = checkpoint(log, findings);
        long size = signed == null ? 0 : signed.checkpoint().head().size();
        long looked = 0;
        if (signed != null) {
            StoredRows rows = new StoredRows(log.logId(), runtime.transactions(), runtime.keyRing());
            long first = sample ? segment(size) : 0;
            long last = sample ? first + SEGMENT_TILES : Long.MAX_VALUE;
            looked = tiles(log, signed, rows, first, last, pace, findings);
            if (!sample && looked == size) {
                findings.addAll(rows.counts());
                findings.addAll(rows.checkpoints(log.origin(), size));
            }
        }
        if (stopped.getAsBoolean()) {
            return Optional.empty();
        }
        List<Finding> kept = findings.stream().limit(MAX_FINDINGS).toList();
        // With the list cut short, what is not in it is not known to be gone.
        boolean all = !sample && findings.size() < MAX_FINDINGS;
        alarm(
                log,
                "INTEGRITY_ALARM",
                verifications.finish(log.logId(), kept, all ? (Long) size : null, now(), runtime.keyRing()));
        return Optional.of(new Result(looked, size, kept));
    }

    private @Nullable SignedCheckpoint checkpoint(LogEpoch log, List<Finding> findings) {
        LogStatus status = LogStatus.read(runtime.transactions(), log.logId());
        if (status.signedSize() > 0 && status.checkpoint() == null) {
            findings.add(fail("the newest checkpoint is missing or unreadable"));
        }
        SignedCheckpoint signed = status.checkpoint();
        if (signed != null) {
            checkSignature(log, signed, findings);
        }
        return signed;
    }

    private void checkSignature(LogEpoch log, SignedCheckpoint signed, List<Finding> findings) {
        List<Ed25519Verifier> verifiers = new LogKeys(log.logId(), runtime.transactions())
                .held(log.origin()).stream()
                        .map(HeldKey::vkey)
                        .filter(key -> key.type() == SignatureType.ED25519)
                        .map(Ed25519Verifier::new)
                        .toList();
        try {
            signed.verify(verifiers);
        } catch (VerificationException e) {
            findings.add(fail("the newest checkpoint: " + e.getMessage()));
        }
    }

    private long segment(long size) {
        long segments = Math.max(1, (size + SEGMENT_TILES * TileId.FULL - 1) / (SEGMENT_TILES * TileId.FULL));
        return random.nextLong(segments) * SEGMENT_TILES;
    }

    private long tiles(
            LogEpoch log,
            SignedCheckpoint signed,
            StoredRows rows,
            long first,
            long last,
            Pace pace,
            List<Finding> findings)
            throws IOException {
        List<PrunedUnit> pruned = units(log, first, last);
        findings.addAll(new PrunedRows(log.logId(), log.origin(), runtime.transactions(), runtime.keyRing())
                .check(first * TileId.FULL, end(last)));
        StoredTile tiles = new StoredTile(
                new JpaTileSource(log.logId(), runtime.transactions()),
                new PrivateReader(log.logId(), runtime.transactions(), runtime.keyRing()),
                signed.checkpoint(),
                index -> pruned.stream().anyMatch(unit -> unit.lacks(index)));
        long size = signed.checkpoint().head().size();
        long looked = 0;
        for (long tile = first; tile < Math.min(last, tiles.count()) && !stopped.getAsBoolean(); tile++) {
            long from = tile * TileId.FULL;
            long to = Math.min(size, from + TileId.FULL);
            pace.take((int) (to - from));
            findings.addAll(tiles.check(tile));
            findings.addAll(rows.columns(from, to));
            looked += to - from;
            if (tile % SEGMENT_TILES == 0) {
                verifications.extend(log.logId(), now(), CLAIM);
            }
            if (findings.size() >= MAX_FINDINGS) {
                return looked;
            }
        }
        return looked;
    }

    private List<PrunedUnit> units(LogEpoch log, long first, long last) {
        return new PrunedUnits(log.logId(), runtime.transactions())
                .list().stream()
                        .filter(unit -> unit.to() > first * TileId.FULL && unit.from() < end(last))
                        .toList();
    }

    private static long end(long tile) {
        return tile == Long.MAX_VALUE ? tile : tile * TileId.FULL;
    }

    private void alarm(LogEpoch log, String operation, List<Finding> fresh) {
        for (Finding finding : fresh) {
            LOG.errorf("AUDIT ALARM: log %s (%s): %s", log.logId(), finding.check(), finding.message());
            runtime.recorder()
                    .recordOfLog(
                            log.realmId(),
                            operation,
                            Map.of(
                                    "log", log.origin(),
                                    "check", finding.check(),
                                    "finding", finding.message()));
        }
    }

    private static Finding fail(String message) {
        return new Finding(Finding.Status.FAIL, "checkpoints", message, null);
    }

    private long now() {
        return runtime.clock().millis();
    }

    @FunctionalInterface
    private interface Verification {
        Optional<Result> run() throws IOException;
    }
}
