package dev.keyledger.audit.runtime;

import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.audit.storage.CodedRows;
import dev.keyledger.audit.storage.HeldKey;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogKeys;
import dev.keyledger.audit.storage.SigningKeys;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.note.SignatureType;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * New signing keys, and their introduction to each log. Two commit points: the new key's row, after which the key is in
 * force for logs that begin from now on and every other log lacks it; and, log by log, the staged entry with the row
 * that says so. A crash between them leaves logs that lack the key; {@link #introduce} finds them, on any node.
 */
public final class KeyRotations {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final long NANOS_BETWEEN_LOOKS = 60_000_000_000L;

    private final KeycloakSessionFactory sessions;
    private final Transactions transactions;
    private final LogDirectory directory;
    private final ServerKeys keys;
    private final Recorder recorder;
    private final SecureRandom random;
    private long lookAgainAt = System.nanoTime();

    KeyRotations(
            KeycloakSessionFactory sessions,
            Transactions transactions,
            LogDirectory directory,
            ServerKeys keys,
            Recorder recorder,
            SecureRandom random) {
        this.sessions = sessions;
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
        this.recorder = recorder;
        this.random = random;
    }

    /** Makes a new key of each type that is in use, and introduces it to every log. */
    public void rotate() {
        SigningKeys signing = keys.signing();
        transactions.run(em -> {
            signing.add(em, SigningKey.generate(random));
            if (keys.cosigns()) {
                signing.add(em, SigningKey.generateMlDsa(random));
            }
            return signing;
        });
        introduce();
    }

    /**
     * Looks once a minute, and at first, for logs that lack the newest key, and for rows to which another node has given a
     * code of an older one since the keys were moved.
     */
    synchronized void keepUp() {
        if (System.nanoTime() - lookAgainAt >= 0) {
            introduce();
            transactions.run(em -> {
                CodedRows.renew(em, keys.ring());
                return keys;
            });
            lookAgainAt = System.nanoTime() + NANOS_BETWEEN_LOOKS;
        }
    }

    private void introduce() {
        SigningKeys signing = keys.signing();
        introduce(SignatureType.ED25519);
        if (keys.cosigns()) {
            transactions.run(em -> {
                signing.addFirst(em, SigningKey.generateMlDsa(random));
                return signing;
            });
            introduce(SignatureType.ML_DSA_44);
        }
    }

    private void introduce(byte type) {
        for (String logId : transactions.run(em -> LogKeys.lacking(em, type))) {
            try {
                KeycloakModelUtils.runJobInTransaction(sessions, job -> introduce(job, logId, type));
            } catch (RuntimeException e) {
                // Another node was faster, or the next look succeeds: one log must not keep the others from the key.
                LOG.warnf(e, "Keyledger could not introduce its newest key to log %s, and tries again", logId);
            }
        }
    }

    private void introduce(KeycloakSession job, String logId, byte type) {
        EntityManager em = job.getProvider(JpaConnectionProvider.class).getEntityManager();
        HeldKey key = LogKeys.lacked(em, logId, directory.origin(logId), type).orElse(null);
        if (key != null) {
            StageEntity entry = recorder.keyRotation(job, logId, key.vkey());
            LogKeys.introduce(em, logId, key.number(), entry.id);
            em.persist(entry);
        }
    }
}
