package dev.keyledger.audit.runtime;

import dev.keyledger.audit.capture.Recorder;
import dev.keyledger.audit.storage.EpochChange;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.witness.WitnessRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * The way out of a halt, by an operator who has looked: the halted log is frozen, and the realm goes on in a new epoch,
 * whose first entry says what was found, what was wanted, who decided and why. The same origin is never signed again.
 */
public final class Recovery {
    private final EpochChange change;
    private final Recorder recorder;
    private final LogDirectory directory;
    private final Optional<FileWitness> witness;

    Recovery(EpochChange change, Recorder recorder, LogDirectory directory, Optional<FileWitness> witness) {
        this.change = change;
        this.recorder = recorder;
        this.directory = directory;
        this.witness = witness;
    }

    /**
     * Begins the next epoch of a realm's log; empty when the log is not halted, and nothing happens.
     *
     * @param reason the operator's own words, for those who read the log later
     */
    public Optional<LogEpoch> begin(KeycloakSession session, String realmId, String reason) {
        witness.ifPresent(FileWitness::refresh);
        List<WitnessRecord> known = witness.map(FileWitness::newest).orElse(Map.of()).values().stream()
                .flatMap(List::stream)
                .filter(record -> record.realmId().equals(realmId))
                .toList();
        int latest = known.stream()
                .mapToInt(record -> LogEpoch.number(record.origin()))
                .max()
                .orElse(0);
        Optional<LogEpoch> begun = change.begin(
                realmId,
                latest,
                (frozen, epoch) ->
                        recorder.use(session, epoch, "RECOVERY", null, facts(frozen, known.stream(), reason)));
        directory.renew(realmId);
        return begun;
    }

    private static Map<String, JsonValue> facts(EpochChange.Frozen frozen, Stream<WitnessRecord> known, String reason) {
        Map<String, JsonValue> facts = new TreeMap<>();
        facts.put("reason", JsonString.of(reason));
        facts.put("database.origin", new JsonString(frozen.epoch().origin()));
        facts.put("database.size", JsonNumber.of(frozen.head().size()));
        facts.put("database.root", new JsonString(frozen.head().root().toBase64()));
        facts.put("database.signedSize", JsonNumber.of(frozen.signedSize()));
        String halt = frozen.haltReason();
        if (halt != null) {
            facts.put("halted", JsonString.of(halt));
        }
        int i = 0;
        for (WitnessRecord record : known.toList()) {
            facts.put("outside." + i++, JsonString.of(record.checkpoint().format()));
        }
        return facts;
    }
}
