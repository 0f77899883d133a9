package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.privacy.Entries;
import dev.keyledger.audit.privacy.Holds;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.KeptRows;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrunedRows;
import dev.keyledger.audit.storage.PrunedUnit;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.audit.storage.UnitPruning;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.Hash;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prunes the units of one log that are archived, that every sink has been told, and of which a class has expired: that is,
 * the newest of its entries in the unit is older than the policy's period. Units are pruned in order; one before them of
 * which nothing has expired yet is listed as pruned and keeps everything, so that one index divides the log. Several nodes
 * would come to no harm if they did the same at the same time. The order of the steps of a unit, and its commit point: {@link UnitPruning}.
 */
public final class Pruner {
    private final ArchiveStore store;
    private final Transactions transactions;
    private final LogDirectory directory;
    private final KeyRing keys;
    private final InstantSource clock;

    public Pruner(
            ArchiveStore store, Transactions transactions, LogDirectory directory, KeyRing keys, InstantSource clock) {
        this.store = store;
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What was done to a unit.
     *
     * @param deleted how many entries lost their rows
     */
    public record Done(PrunedUnit unit, long deleted) {}

    /**
     * Prunes what is due; answers what it has pruned, and what it has ended that another node had begun.
     *
     * @param holds of the log's realm
     * @param goOn asked before each unit
     * @throws IOException when an archive is not what it was; what was pruned before stays so
     * @throws VerificationException when the rows of a unit are not what is signed, or what is listed as pruned is not what
     *     the log says; likewise
     */
    public List<Done> run(LogEpoch log, RetentionPolicy policy, Holds holds, Entries entries, BooleanSupplier goOn)
            throws IOException, VerificationException {
        List<Done> done = new ArrayList<>();
        Map<Long, PrunedUnit> pruned = pruned(log);
        PrunedRows rows = new PrunedRows(log.logId(), log.origin(), transactions, keys);
        for (PrunedUnit unit : pruned.values()) {
            rows.requireTold(unit);
            long deleted = unit(log, unit.from(), unit.to()).delete(unit);
            if (deleted > 0) {
                done.add(new Done(unit, deleted));
            }
        }
        long now = clock.millis();
        List<Archive> units = due(log, policy, now, pruned, delivered(log));
        SignedCheckpoint signed =
                new Checkpoints(transactions).newest(log.logId()).orElse(null);
        if (!units.isEmpty() && signed != null) {
            ArchiveProof proof = new ArchiveProof(store, directory, log, transactions, keys);
            for (Archive archive : units) {
                if (!goOn.getAsBoolean()) {
                    return done;
                }
                Work work = new Work(log, policy, holds, entries, archive);
                prune(work, signed, proof, pruned.get(archive.from()), now, done);
            }
        }
        return done;
    }

    /** Whether a sink that lags has kept a unit for that long that would have been pruned otherwise. */
    public boolean isBlockedBySink(LogEpoch log, RetentionPolicy policy, Duration length) {
        long then = clock.millis() - length.toMillis();
        Map<Long, PrunedUnit> pruned = pruned(log);
        return due(log, policy, then, pruned, Long.MAX_VALUE).size()
                > due(log, policy, then, pruned, delivered(log)).size();
    }

    /** The leaf index below which all sinks have been told everything. */
    private long delivered(LogEpoch log) {
        OptionalLong first = new Sinks(transactions).undelivered(log.logId());
        return first.orElse(Long.MAX_VALUE);
    }

    private Map<Long, PrunedUnit> pruned(LogEpoch log) {
        Map<Long, PrunedUnit> pruned = new TreeMap<>();
        new PrunedUnits(log.logId(), transactions).list().forEach(unit -> pruned.put(unit.from(), unit));
        return pruned;
    }

    /** The units up to the last of which something has expired, without those that are pruned and keep what they have. */
    private List<Archive> due(
            LogEpoch log, RetentionPolicy policy, long now, Map<Long, PrunedUnit> pruned, long delivered) {
        List<Archive> units = new ArrayList<>();
        List<Archive> quiet = new ArrayList<>();
        long end = 0;
        for (Archive archive : Archive.list(log.logId(), transactions)) {
            if (archive.from() != end || archive.to() > delivered) {
                return units;
            }
            end = archive.to();
            if (!expired(log, policy, archive, now).isEmpty()) {
                units.addAll(quiet);
                quiet.clear();
                units.add(archive);
            } else if (!pruned.containsKey(archive.from())) {
                quiet.add(archive);
            }
        }
        return units;
    }

    private Set<String> expired(LogEpoch log, RetentionPolicy policy, Archive archive, long now) {
        Map<String, Long> newest = unit(log, archive.from(), archive.to()).newest();
        Set<String> expired = new TreeSet<>();
        for (EntryKind kind : EntryKind.values()) {
            Long last = newest.get(kind.label());
            OptionalLong cutoff = policy.cutoff(kind, now);
            if (last != null && cutoff.isPresent() && last <= cutoff.getAsLong()) {
                expired.add(kind.label());
            }
        }
        return expired;
    }

    private record Work(LogEpoch log, RetentionPolicy policy, Holds holds, Entries entries, Archive archive) {}

    private void prune(
            Work work,
            SignedCheckpoint signed,
            ArchiveProof proof,
            @Nullable PrunedUnit before,
            long now,
            List<Done> done)
            throws IOException, VerificationException {
        UnitPruning pruning =
                unit(work.log(), work.archive().from(), work.archive().to());
        Hash root = null;
        if (before == null) {
            proof.require(work.log(), work.archive());
            root = pruning.keepHashes(signed);
        }
        Hash first = root;
        Set<String> expired = expired(work.log(), work.policy(), work.archive(), now);
        LogEpoch newest = directory.epochs(work.log().realmId()).get(0);
        PrunedUnit unit = pruning.commit(
                        expired,
                        em -> work.holds().held(em, work.log()),
                        (kept, time) -> work.entries()
                                .make(newest, PrunedRows.OPERATION, null, facts(work, expired, first, kept, time)),
                        now)
                .orElse(null);
        if (unit != null) {
            done.add(new Done(unit, pruning.delete(unit)));
        }
    }

    /** What the entry says: what a check compares, and for people the archive, the classes and what stays. */
    private static Map<String, JsonValue> facts(
            Work work, Set<String> expired, @Nullable Hash root, BitSet kept, long time) {
        Archive archive = work.archive();
        Map<String, String> facts =
                PrunedRows.facts(work.log().origin(), archive.from(), archive.to(), KeptRows.format(kept), time);
        facts.put("kept", Integer.toString(kept.cardinality()));
        facts.put("archive", archive.hash());
        facts.put("place", archive.place());
        facts.put("classes", String.join(",", expired));
        if (root != null) {
            facts.put("root", root.toBase64());
        }
        for (EntryKind kind : EntryKind.values()) {
            if (expired.contains(kind.label())) {
                work.policy()
                        .cutoff(kind, time)
                        .ifPresent(cutoff -> facts.put("until." + kind.label(), Long.toString(cutoff)));
            }
        }
        return facts.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, fact -> JsonString.of(fact.getValue())));
    }

    private UnitPruning unit(LogEpoch log, long from, long to) {
        return new UnitPruning(log.logId(), from, to, transactions, keys);
    }
}
