package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.StagedParts;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestKeys;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryIds;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryFactoryTest {
    private final TestDatabase database = TestDatabase.h2();
    private final KeyRing keys = TestKeys.ring();
    private final SecureRandom random = new SecureRandom();
    private final EntryIds ids = new EntryIds(InstantSource.system(), random);
    private final EntryFactory factory = new EntryFactory(new LogDirectory(database, "log.example"), keys, random);

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void commitsToEverySlotThatHasAValue() throws KeyException, VerificationException {
        StageEntity row = row(draft("UPDATE", "USER"), Change.NONE);
        Entry entry = entry(row);
        Map<Slot, Disclosure> slots = StagedParts.of(row, keys).slots();

        assertThat(entry.commitments().keySet()).containsExactlyInAnyOrder(Slot.ACTOR, Slot.TARGET);
        assertThat(slots.keySet()).isEqualTo(entry.commitments().keySet());
        for (Disclosure disclosure : slots.values()) {
            Objects.requireNonNull(entry.commitments().get(disclosure.slot()))
                    .verify(entry.origin(), entry.id(), disclosure);
        }
    }

    @Test
    void writesWhatHappenedAndNoNameIntoTheLeaf() {
        StageEntity row = row(draft("UPDATE", "USER"), Change.NONE);
        Entry entry = entry(row);

        assertThat(entry.origin()).isEqualTo("log.example/audit/realm");
        assertThat(entry.kind()).isEqualTo(EntryKind.ADMIN);
        assertThat(entry.operation()).isEqualTo("UPDATE");
        assertThat(entry.resourceType()).isEqualTo("USER");
        assertThat(entry.success()).isTrue();
        assertThat(entry.time()).isEqualTo(1_767_225_600_000L);
        assertThat(row.leaf).doesNotContain("\"ada\"", "id-ada", "\"bob\"");
        assertThat(row.privatePart).doesNotContain("\"ada\"");
    }

    @Test
    void makesARowThatBearsTheServersCode() {
        StageEntity row = row(draft("UPDATE", "USER"), Change.NONE);

        assertThat(keys.isCaptured(row.mac, row.id, "realm", row.leaf, row.privatePart))
                .isTrue();
        assertThat(row.state).isEqualTo(StageEntity.STAGED);
        assertThat(row.logId).isEqualTo("realm");
    }

    @Test
    void drawsAnIdAndASaltOfItsOwnForEverySlotOfEveryEntry() throws KeyException {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            StageEntity row = row(draft("UPDATE", "USER"), Change.NONE);
            drawn.add(row.id);
            for (Disclosure slot : StagedParts.of(row, keys).slots().values()) {
                drawn.add(slot.salt().encode());
            }
        }

        assertThat(drawn).hasSize(150);
    }

    @Test
    void commitsToTheSameValueDifferentlyEachTime() {
        assertThat(entry(row(draft("UPDATE", "USER"), Change.NONE))
                        .commitments()
                        .get(Slot.ACTOR))
                .isNotEqualTo(entry(row(draft("UPDATE", "USER"), Change.NONE))
                        .commitments()
                        .get(Slot.ACTOR));
    }

    @Test
    void replacesASlotThatIsTooLargeByItsLengthAndHash() throws KeyException {
        Map<String, JsonValue> large = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            large.put("attribute" + i, new JsonString("x".repeat(16_000)));
        }

        Disclosure change =
                Objects.requireNonNull(StagedParts.of(row(draft("CREATE", "CLIENT"), new Change(null, large)), keys)
                        .slots()
                        .get(Slot.CHANGE));

        assertThat(change.value().get("truncated")).isEqualTo(JsonLiteral.TRUE);
        assertThat(change.value().integer("bytes")).isGreaterThan(320_000);
        assertThat(change.value().string("leafHash")).hasSize(44);
    }

    @Test
    void writesWordsOfAnExtensionAsPrintableAscii() {
        Entry entry = entry(row(draft("OP \"ü\"\n", "x".repeat(300)), Change.NONE));

        assertThat(entry.operation()).isEqualTo("OP_____");
        assertThat(entry.resourceType()).isEqualTo("x".repeat(100));
    }

    @Test
    void writesAnEmptyWordAsALine() {
        assertThat(entry(row(draft("", "USER"), Change.NONE)).operation()).isEqualTo("_");
    }

    private StageEntity row(Draft draft, Change change) {
        return factory.row(ids.next(), draft.telling(draft.target(), change));
    }

    private static Entry entry(StageEntity row) {
        return Entry.parse(row.leaf.getBytes(StandardCharsets.US_ASCII));
    }

    private static Draft draft(String operation, String resourceType) {
        return new Draft(
                "realm",
                EntryKind.ADMIN,
                operation,
                resourceType,
                true,
                1_767_225_600_000L,
                JsonReader.parseObject("{\"id\":\"id-ada\",\"name\":\"ada\",\"type\":\"user\"}"),
                Target.user("id-bob", "bob"),
                null,
                Change.NONE,
                Map.of(),
                null,
                true);
    }
}
