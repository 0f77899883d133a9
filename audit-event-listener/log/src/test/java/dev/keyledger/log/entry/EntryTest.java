package dev.keyledger.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.LogHasher;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTest {
    private final JsonNode vector = Vectors.tlog().get("leaf_v1_example");
    private final String origin = vector.get("log").asText();
    private final String id = vector.get("id").asText();
    private final String leaf = vector.get("leaf_jcs").asText();

    @Test
    void buildsTheLeafOfTheVector() {
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        for (Slot slot : List.of(Slot.ACTOR, Slot.TARGET, Slot.CHANGE)) {
            commitments.put(slot, Commitment.of(origin, id, disclosure(slot)));
        }
        Entry entry = new Entry(id, origin, EntryKind.ADMIN, true, "UPDATE", "USER", 1_767_225_600_123L, commitments);

        assertThat(new String(entry.leaf(), StandardCharsets.US_ASCII)).isEqualTo(leaf);
        assertThat(LogHasher.leaf(entry.leaf()).toHex())
                .isEqualTo(vector.get("leaf_hash_hex").asText());
        assertThat(Entry.parse(entry.leaf())).isEqualTo(entry);
    }

    @Test
    void opensTheCommitmentsOfTheVector() throws VerificationException {
        Entry entry = Entry.parse(leaf.getBytes(StandardCharsets.US_ASCII));

        for (Map.Entry<Slot, Commitment> committed : entry.commitments().entrySet()) {
            Disclosure disclosure = disclosure(committed.getKey());
            assertThat(committed.getValue().encoded())
                    .isEqualTo(
                            slotVector(committed.getKey()).get("commit_b64url").asText());
            committed.getValue().verify(origin, id, disclosure);
            assertThatThrownBy(() -> committed.getValue().verify(origin + "x", id, disclosure))
                    .isInstanceOf(VerificationException.class);
            assertThatThrownBy(() -> committed.getValue().verify(origin, id.replace('0', '1'), disclosure))
                    .isInstanceOf(VerificationException.class);
            Disclosure salted = new Disclosure(disclosure.slot(), Salt.random(new SecureRandom()), disclosure.value());
            assertThatThrownBy(() -> committed.getValue().verify(origin, id, salted))
                    .isInstanceOf(VerificationException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"v\":1|\"v\":2",
                "\"k\":\"admin\"|\"k\":\"nobody\"",
                "\"ok\":true|\"ok\":null",
                "\"ok\":true|\"ok\":\"true\"",
                "\"op\":\"UPDATE\"|\"op\":\"UP DATE\"",
                "\"op\":\"UPDATE\"|\"op\":\"\"",
                "\"op\":\"UPDATE\"|\"op\":\"\\u0055PDATE\"",
                "\"t\":1767225600123|\"t\":-1",
                "\"t\":1767225600123|\"t\":1.5",
                "\"t\":1767225600123|\"t\":1767225600123.0",
                "\"t\":1767225600123|\"t\":9007199254740993",
                "\"v\":1}|\"v\":1,\"w\":1}",
                "\"v\":1}|\"v\" :1}",
                "{\"c\":|{ \"c\":",
                "\"actor\":|\"other\":",
                "\"actor\":|\"net\":",
                "\"target\":|\"actor\":",
                "\"t\":1767225600123|\"t\":01767225600123",
                "\"t\":1767225600123|\"t\":99999999999999999",
                "0190a1b2|0190A1B2"
            })
    void refusesALeafThatIsNot(String right, String wrong) {
        String bad = leaf.replace(right, wrong);
        assertThat(bad).isNotEqualTo(leaf);

        assertThatThrownBy(() -> Entry.parse(bad.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void refusesALeafThatIsTooLong() {
        String big = "x".repeat(500);

        assertThatThrownBy(() -> Entry.parse((" " + leaf + big.repeat(4)).getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("leaf has 2326 bytes, want at most 2000");
    }

    @Test
    void hidesASaltInText() {
        assertThat(Salt.of(new byte[32])).hasToString("Salt");
        assertThat(disclosure(Slot.ACTOR).toString())
                .doesNotContain(disclosure(Slot.ACTOR).salt().encode());
    }

    @Test
    void countsIdsUpWithinAMillisecondAndBackwardsInTime() {
        Instant[] now = {Instant.ofEpochMilli(1_767_225_600_123L)};
        InstantSource clock = () -> now[0];
        EntryIds ids = new EntryIds(clock, new SecureRandom());
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            if (i == 9_000) {
                now[0] = now[0].minusSeconds(60);
            }
            made.add(ids.next());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
        UUID first = UUID.fromString(made.get(0));
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.getMostSignificantBits() >>> 16).isEqualTo(1_767_225_600_123L);
    }

    @Test
    void namesEverySlotAndKind() {
        Map<String, Object> labels = new HashMap<>();
        for (Slot slot : Slot.values()) {
            labels.put(slot.label(), Slot.parse(slot.label()));
        }
        for (EntryKind kind : EntryKind.values()) {
            labels.put(kind.label(), EntryKind.parse(kind.label()));
        }

        assertThat(labels).containsOnlyKeys("actor", "target", "change", "net", "admin", "user", "scim", "system");
    }

    @Test
    void repairsTextWithLoneSurrogates() {
        assertThat(JsonString.of("a\ud800b").value()).isEqualTo("a\ufffdb");
    }

    private Disclosure disclosure(Slot slot) {
        JsonNode vector = slotVector(slot);
        return new Disclosure(
                slot,
                Salt.of(Vectors.hex(vector.get("salt_hex"))),
                JsonReader.parseObject(vector.get("jcs").asText()));
    }

    private JsonNode slotVector(Slot slot) {
        return vector.get("slots").get(slot.label());
    }
}
