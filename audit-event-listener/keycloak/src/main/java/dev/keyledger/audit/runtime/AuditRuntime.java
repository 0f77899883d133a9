package dev.keyledger.audit.runtime;

import dev.keyledger.audit.archive.Archives;
import dev.keyledger.audit.capture.CapturePolicies;
import dev.keyledger.audit.capture.CapturePolicy;
import dev.keyledger.audit.capture.EntryFactory;
import dev.keyledger.audit.capture.PolicyState;
import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.privacy.Entries;
import dev.keyledger.audit.privacy.Privacy;
import dev.keyledger.audit.storage.EpochChange;
import dev.keyledger.audit.storage.JpaLogStorage;
import dev.keyledger.audit.storage.KeycloakTransactions;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.SinkStatus;
import dev.keyledger.audit.storage.StagedParts;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.entry.EntryIds;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.sequence.Log;
import dev.keyledger.log.sequence.OutsideMemory;
import dev.keyledger.log.witness.WitnessedLogs;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The parts of the log on this node. Thread-safe. */
public final class AuditRuntime {
    private final Transactions transactions;
    private final LogDirectory directory;
    private final InstantSource clock;
    private final CapturePolicies policies;
    private final Recorder recorder;
    private final @Nullable FileWitness witness;
    private final @Nullable Archives archives;
    private volatile IntegrityState integrity = IntegrityState.UNKNOWN;
    private volatile List<SinkStatus> sinks = List.of();
    private final ServerKeys keys;
    private final KeyRotations rotations;
    private final WitnessSettings witnessSettings;
    private final @Nullable Witnesses witnesses;
    private final Executor sealing = sealing();
    private final @Nullable Errand archiving;
    private final @Nullable Errand stamping;

    /**
     * @param host of the origins of new logs
     * @param policy what is recorded, and what happens when it cannot be, in realms without a policy of their own
     * @param weakenable the kinds of which a realm may record less
     * @param keySettings where the keys are, and how they follow each other
     * @param witness the memory outside the database; null when there is none
     * @param witnessSettings who cosigns our checkpoints, and whose we cosign
     * @param archives where archives of logs are kept; null when they are not
     * @param unstamped for how long checkpoints may be refused a time stamp before somebody has to look; null when nobody is
     *     asked for one
     */
    public AuditRuntime(
            KeycloakSessionFactory sessions,
            String host,
            CapturePolicy policy,
            Set<EntryKind> weakenable,
            KeySettings keySettings,
            @Nullable FileWitness witness,
            WitnessSettings witnessSettings,
            @Nullable Archives archives,
            @Nullable Duration unstamped,
            InstantSource clock,
            SecureRandom random) {
        this.transactions = new KeycloakTransactions(sessions);
        this.directory = new LogDirectory(transactions, host);
        this.witness = witness;
        this.archives = archives;
        this.archiving = archives == null ? null : new Errand(clock, archives.alarm());
        this.stamping = unstamped == null ? null : new Errand(clock, unstamped);
        this.clock = clock;
        this.keys = new ServerKeys(keySettings, sessions, transactions, clock, random);
        this.policies = new CapturePolicies(policy, weakenable, transactions, directory, keys::ring);
        this.recorder = new Recorder(
                sessions,
                () -> new EntryFactory(directory, keys.ring(), random),
                new EntryIds(clock, random),
                clock,
                policies);
        this.rotations = new KeyRotations(sessions, transactions, directory, keys, recorder, random);
        this.witnessSettings = witnessSettings;
        WitnessPolicy asked = witnessSettings.policy();
        this.witnesses = asked == null
                ? null
                : new Witnesses(
                        asked,
                        witnessSettings,
                        transactions,
                        (logId, reason) -> log(logId).halt(reason),
                        clock);
    }

    /** Finds the runtime of the server that the session belongs to. */
    public static AuditRuntime of(KeycloakSession session) {
        return Holder.of(session).runtime();
    }

    public Recorder recorder() {
        return recorder;
    }

    /** The memory outside the database; empty when there is none. */
    public Optional<FileWitness> witness() {
        return Optional.ofNullable(witness);
    }

    /** Those who cosign our checkpoints; empty when nobody is asked. */
    public Optional<Witnesses> witnesses() {
        return Optional.ofNullable(witnesses);
    }

    /** The logs of others that this server cosigns; empty when it is no witness. */
    public Optional<WitnessedLogs> witnessed() {
        return Optional.ofNullable(witnessSettings.logs()).map(WitnessedLogsFile::logs);
    }

    /** Who cosigns them. */
    public Signer cosigner() {
        return keys.witness(witnessSettings.name());
    }

    /** Where archives of logs are kept; empty when they are not. */
    public Optional<Archives> archives() {
        return Optional.ofNullable(archives);
    }

    /** How this node fares with archives; empty when there are none. */
    public Optional<Errand> archiving() {
        return Optional.ofNullable(archiving);
    }

    /** How this node fares with time stamps; empty when nobody is asked for one. */
    public Optional<Errand> stamping() {
        return Optional.ofNullable(stamping);
    }

    public LogDirectory directory() {
        return directory;
    }

    public InstantSource clock() {
        return clock;
    }

    public Transactions transactions() {
        return transactions;
    }

    public KeyRing keyRing() {
        return keys.ring();
    }

    public ServerKeys keys() {
        return keys;
    }

    public KeyRotations rotations() {
        return rotations;
    }

    /** The origin of a realm's log, which exists after this call. */
    public String origin(String logId) {
        return directory.origin(logId);
    }

    /** A realm's log, to be driven by this node; the one who asks keeps it, for its memory of the last head. */
    public Log<StagedParts> log(String logId) {
        JpaLogStorage storage = new JpaLogStorage(logId, transactions, directory, keyRing(), clock, sealing);
        FileWitness known = witness;
        OutsideMemory outside = known == null ? OutsideMemory.NONE : known.of(directory.realm(logId), logId);
        return new Log<>(storage, head -> keys.signers(logId, head.origin(), head.size()), outside, clock);
    }

    /** One thread beside those that drive logs; it ends when it has had nothing to do for a while. */
    private static Executor sealing() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "keyledger-sealing");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** How the logs were when this node last looked. */
    public IntegrityState integrity() {
        return integrity;
    }

    /** Shows how the logs are. */
    public void publish(IntegrityState state) {
        integrity = state;
    }

    /** How those were who are told the logs when this node last looked. */
    public List<SinkStatus> sinks() {
        return sinks;
    }

    /** Shows how those are who are told the logs. */
    public void publish(List<SinkStatus> statuses) {
        sinks = List.copyOf(statuses);
    }

    /** The way out of a halt. */
    public Recovery recovery() {
        return new Recovery(new EpochChange(transactions, keyRing(), clock), recorder, directory, witness());
    }

    /** The people in a realm's log. */
    public Privacy privacy(String realmId) {
        return Privacy.of(realmId, transactions, directory, keyRing(), clock);
    }

    /** Makes the entries of what the session's user does with what a log holds about people. */
    public Entries entries(KeycloakSession session) {
        return (log, operation, userId, details) -> recorder.use(session, log, operation, userId, details);
    }

    /** Makes the entries of what the server does with a log by itself, none of which is about a user. */
    public Entries ownEntries() {
        return (log, operation, userId, details) -> recorder.own(log, operation, details);
    }

    /** A realm's capture policy. */
    public RealmPolicy policy(String realmId) {
        return new RealmPolicy(realmId, policies, recorder);
    }

    /** Takes over the capture policies that were changed, here or on another node. */
    public PolicyState refreshPolicies() {
        return policies.refresh();
    }

    /** Records the settings of the log in the server's log, unless they are those that were recorded last. */
    public void recordPolicy(Map<String, JsonValue> policy) {
        PolicyHistory history = new PolicyHistory(directory, transactions, keyRing());
        Map<String, JsonValue> last = history.last().orElse(null);
        if (!policy.equals(last)) {
            recorder.recordOfServer(PolicyHistory.OPERATION, last, policy);
        }
    }

    /** Records what the session's user does with a log itself; the entry is committed when this returns. */
    public void recordUse(KeycloakSession session, String realmId, String operation, Map<String, String> facts) {
        recorder.recordUse(session, realmId, operation, facts);
    }

    /** Records that a sink of a realm's log becomes another one, in the transaction that stores it. */
    public void recordSink(
            KeycloakSession session,
            String realmId,
            String name,
            @Nullable Map<String, JsonValue> before,
            @Nullable Map<String, JsonValue> after) {
        recorder.recordSink(session, realmId, name, before, after);
    }

    /** Introduces the newest keys to the logs that lack them. */
    public void keepKeysUp() {
        rotations.keepUp();
    }

    /** Tells the logs what is missing in them, if entries can be written again. */
    public void recordGaps() {
        recorder.recordGaps();
    }

    /** Who keeps the runtime. */
    public interface Holder {
        /** The event listener's provider id. */
        String ID = "keyledger-audit";

        AuditRuntime runtime();

        /** Whether {@link #runtime} is there; it is not while the server starts. */
        boolean isStarted();

        /** Whether an alarm takes the node out of the load balancer. */
        boolean alarmsMakeNotReady();

        /** The options of those who are told the logs. */
        SinkSettings sinks();

        /** Finds the one of the server that the session belongs to. */
        static Holder of(KeycloakSession session) {
            if (session.getKeycloakSessionFactory().getProviderFactory(EventListenerProvider.class, ID)
                    instanceof Holder holder) {
                return holder;
            }
            throw new IllegalStateException("event listener " + ID + " is not installed or disabled");
        }
    }
}
