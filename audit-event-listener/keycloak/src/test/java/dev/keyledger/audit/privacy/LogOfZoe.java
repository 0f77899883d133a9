package dev.keyledger.audit.privacy;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.Reference;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A log that tells of Zoe, who got married: in slots of hers, in those of others, and in an entry that is not sealed yet. */
abstract class LogOfZoe {
    static final String ZOE = "{\"id\":\"6f9b2c1e-zoe\",\"name\":\"zoe\",\"type\":\"user\"}";
    static final String ZOE_TARGET = "{\"id\":\"6f9b2c1e-zoe\",\"name\":\"zoe\",\"type\":\"USER\"}";
    static final String MARRIED = "{\"id\":\"6f9b2c1e-zoe\",\"name\":\"zoe.married\",\"type\":\"user\"}";
    static final String BOB = "{\"id\":\"77aa2c1e-bob\",\"name\":\"bob\",\"type\":\"user\"}";
    static final String GROUP = "{\"id\":\"00aa2c1e-grp\",\"name\":\"zoe\",\"type\":\"GROUP\"}";
    static final String NET = "{\"ip\":\"192.0.2.7\",\"requestId\":\"r1\"}";
    static final String ID = "6f9b2c1e-zoe";

    final TestDatabase database = TestDatabase.h2();
    final TestLog log = new TestLog(database, "realm");
    final LogDirectory directory = new LogDirectory(database, "log.example");
    final Privacy privacy = Privacy.of("realm", database, directory, log.keys(), InstantSource.system());

    @Nullable
    SignedCheckpoint checkpoint;

    @BeforeEach
    void sealSomeEntries() {
        // 0: her own login
        log.stage("LOGIN", "actor", ZOE, "target", ZOE_TARGET, "net", NET);
        // 1: Bob changes her
        log.stage(
                "UPDATE",
                "actor",
                BOB,
                "target",
                ZOE_TARGET,
                "change",
                "{\"before\":{\"email\":\"zoe@example.com\"},\"after\":{\"username\":\"zoe.married\"}}",
                "net",
                "{\"ip\":\"192.0.2.9\"}");
        // 2: a group, by name like her, lists her
        log.stage(
                "UPDATE",
                "actor",
                BOB,
                "target",
                GROUP,
                "change",
                "{\"before\":null,\"after\":{\"members\":[\"" + ID + "\"]}}");
        // 3: somebody tries to log in with her name
        log.stage(
                "LOGIN",
                "actor",
                "{\"name\":\"zoe\",\"type\":\"anonymous\"}",
                "change",
                "{\"before\":null,\"after\":null,\"details\":{\"username\":\"zoe\"},\"error\":\"user_not_found\"}",
                "net",
                NET);
        // 4: nothing of hers
        log.stage(
                "UPDATE", "actor", BOB, "target", GROUP, "change", "{\"before\":null,\"after\":{\"roles\":[\"zoe\"]}}");
        checkpoint = log.node().run().orElseThrow();
        // 5: after a change of her name, not sealed yet
        log.stage("LOGIN", "actor", MARRIED, "net", NET);
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    SubjectErasure.Done erase() {
        return privacy.erasure().erase(ID, "ticket 7", "GDPR 17(1)(b)", this::entry);
    }

    StageEntity entry(LogEpoch epoch, String operation, @Nullable String userId, Map<String, JsonValue> details) {
        String change = CanonicalJson.format(new JsonObject(Map.of(
                "before", JsonLiteral.NULL,
                "after", JsonLiteral.NULL,
                "details", new JsonObject(details))));
        return userId == null
                ? log.row(operation, "change", change)
                : log.row(operation, "target", ZOE_TARGET, "change", change);
    }

    List<Long> found(String text) {
        return log.search().sealed(EntryQuery.newest(20).with(Reference.USER, text)).stream()
                .map(FoundEntry::index)
                .toList();
    }

    List<String> states() {
        return log.privateParts().read(0, 20).stream()
                .map(entry -> entry.index() + " " + states(entry))
                .toList();
    }

    static Map<String, String> states(PrivateEntry entry) {
        Map<Slot, String> states = new TreeMap<>();
        entry.slots().forEach((slot, state) -> {
            String text = state instanceof PrivateSlot.Open ? "open" : "sealed";
            states.put(slot, state instanceof PrivateSlot.Erased by ? "erased " + by.erasureIndex() : text);
        });
        Map<String, String> labels = new LinkedHashMap<>();
        states.forEach((slot, text) -> labels.put(slot.label(), text));
        return labels;
    }
}
