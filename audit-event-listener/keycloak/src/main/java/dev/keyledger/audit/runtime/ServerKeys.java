package dev.keyledger.audit.runtime;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.KeyFile;
import dev.keyledger.audit.key.KeyPlace;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.audit.storage.KeyStorage;
import dev.keyledger.audit.storage.LogKeys;
import dev.keyledger.audit.storage.SigningKeys;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The keys of the server on this node, loaded on first use, when the database is surely there. While they are not to be
 * had, whatever needs them fails, one alarm is logged, and it is tried again every few seconds. Thread-safe.
 */
public final class ServerKeys {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final long RETRY_MILLIS = 5_000;

    /** An ML-DSA-44 line has 3,276 characters: not under every checkpoint. */
    private static final long COSIGN_MILLIS = 60_000;

    private final KeySettings settings;
    private final Transactions transactions;
    private final KeyStorage storage;
    private final InstantSource clock;
    private final SecureRandom random;
    private @Nullable Keys keys;
    private @Nullable KeysUnavailableException failure;
    private long retryAt;
    private final Map<String, Long> cosignedAt = new ConcurrentHashMap<>();
    private final Map<String, String> signingFailures = new ConcurrentHashMap<>();

    ServerKeys(
            KeySettings settings,
            KeycloakSessionFactory sessions,
            Transactions transactions,
            InstantSource clock,
            SecureRandom random) {
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
        this.random = random;
        Map<Custody, KeyPlace> places = new EnumMap<>(Custody.class);
        places.put(Custody.VAULT, new VaultEntry(new VaultText(sessions, settings.vaultEntry())));
        Path file = settings.file();
        if (file != null) {
            places.put(Custody.FILE, new KeyFile(file, settings.filePassword(), random));
        }
        this.storage = new KeyStorage(transactions, places, settings.overlap(), random, clock);
    }

    /** The keys that encrypt, authenticate and index. */
    public KeyRing ring() {
        return keys().ring();
    }

    SigningKeys signing() {
        return keys().signing();
    }

    /** The signers of a log that has this size, whose head is locked. */
    List<Signer> signers(String logId, String origin, long size) {
        SigningKeys signing = signing();
        try {
            List<Signer> signers = new LogKeys(logId, transactions)
                    .signers(origin, size, settings.overlap().toMillis(), clock.millis(), signing);
            if (settings.mlDsa() && clock.millis() - cosignedAt.getOrDefault(logId, 0L) >= COSIGN_MILLIS) {
                cosigner(logId, origin, size).ifPresent(signers::add);
                cosignedAt.put(logId, clock.millis());
            }
            signingFailures.remove(logId);
            return signers;
        } catch (IllegalStateException e) {
            String message = "signing has stopped: " + e.getMessage();
            if (!message.equals(signingFailures.put(logId, message))) {
                LOG.errorf("AUDIT ALARM: %s", message);
            }
            throw new KeysUnavailableException(message, e);
        }
    }

    /** The checkpoint with an ML-DSA-44 line, if it is to have one and can: what is handed out is worth the time. */
    public SignedCheckpoint cosigned(String logId, SignedCheckpoint signed) {
        Checkpoint checkpoint = signed.checkpoint();
        Signer cosigner = settings.mlDsa()
                ? cosigner(logId, checkpoint.origin(), checkpoint.head().size()).orElse(null)
                : null;
        if (cosigner == null
                || signed.note().signatures().stream().anyMatch(line -> line.isBy(cosigner.verifierKey()))) {
            return signed;
        }
        List<NoteSignature> lines = new ArrayList<>(signed.note().signatures());
        lines.add(new NoteSignature(
                cosigner.name(), cosigner.keyId(), cosigner.sign(signed.note().textBytes())));
        return new SignedCheckpoint(checkpoint, new Note(signed.note().text(), lines));
    }

    /** Who cosigns the checkpoints of other servers, under this name; the key is made on first use, and stays. */
    Signer witness(String name) {
        SigningKeys signing = signing();
        boolean exists = transactions.run(em -> signing.has(em, SignatureType.COSIGNATURE));
        if (!exists) {
            transactions.run(em -> {
                signing.addFirst(em, SigningKey.generateWitness(random));
                return signing;
            });
        }
        return transactions
                .run(em -> signing.newest(em, SignatureType.COSIGNATURE))
                .signer(name, clock);
    }

    /** Whether checkpoints are cosigned with ML-DSA-44. */
    boolean cosigns() {
        return settings.mlDsa();
    }

    private Optional<Signer> cosigner(String logId, String origin, long size) {
        return new LogKeys(logId, transactions).cosigner(origin, size, signing(), clock);
    }

    /** Why the keys, or a signing key, are not to be had at present; empty when they are. */
    public Optional<String> problem() {
        try {
            keys();
            return signingFailures.values().stream().min(Comparator.naturalOrder());
        } catch (KeysUnavailableException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** The custody in force, as the database tells it; before the first key is made, the one that is asked for. */
    public Custody custody() {
        return KeyStorage.inForce(transactions).orElse(settings.custody());
    }

    private synchronized Keys keys() {
        Keys known = keys;
        if (known != null) {
            return known;
        }
        KeysUnavailableException last = failure;
        if (last != null && clock.millis() < retryAt) {
            throw last;
        }
        try {
            MasterKeys masters = storage.load(settings.custody());
            known = new Keys(new KeyRing(masters, clock, random), new SigningKeys(masters, random, clock));
        } catch (IllegalStateException e) {
            throw unavailable(e);
        }
        if (failure != null) {
            LOG.info("Keyledger has its keys again");
            failure = null;
        }
        keys = known;
        return known;
    }

    private KeysUnavailableException unavailable(IllegalStateException cause) {
        String message = "the keys of the audit log are not to be had: " + cause.getMessage();
        KeysUnavailableException last = failure;
        if (last == null || !message.equals(last.getMessage())) {
            LOG.errorf(
                    "AUDIT ALARM: %s. Nothing is recorded or signed until they are back, and requests that have to be"
                            + " recorded fail",
                    message);
        }
        KeysUnavailableException made = new KeysUnavailableException(message, cause);
        failure = made;
        retryAt = clock.millis() + RETRY_MILLIS;
        return made;
    }

    private record Keys(KeyRing ring, SigningKeys signing) {}
}
