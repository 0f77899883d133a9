package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedSlotsTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Aead KEY = new Aead(RANDOM.generateSeed(Aead.KEY_SIZE), RANDOM);
    private static final Disclosure ACTOR = part(Slot.ACTOR, "ada");
    private static final Disclosure NET = part(Slot.NET, "192.0.2.1");

    @Test
    void aLabelOfOneSlotIsThatSlotsAndOfSeveralTheirInitials() {
        assertThat(PackedSlots.labels())
                .containsExactlyInAnyOrder(
                        "actor", "target", "change", "net", "at", "ac", "an", "tc", "tn", "cn", "atc", "atn", "acn",
                        "tcn", "atcn");
        for (String label : PackedSlots.labels()) {
            assertThat(PackedSlots.parse(label).label()).isEqualTo(label);
            assertThat(label.length()).as("the column takes ten").isLessThanOrEqualTo(10);
        }
        assertThat(PackedSlots.parse("an").slots()).containsExactly(Slot.ACTOR, Slot.NET);
        assertThat(PackedSlots.parse("net").slots()).containsExactly(Slot.NET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "na", "aa", "an ", "ANT", "nets", "actor,net"})
    void nothingElseIsALabel(String label) {
        assertThatThrownBy(() -> PackedSlots.parse(label)).isInstanceOf(FormatException.class);
    }

    @Test
    void whatIsSealedOpensAsTheSameSlotsOfTheSameEntryOnly() {
        String both = PackedSlots.seal(KEY, "entry", List.of(NET, ACTOR));
        String one = PackedSlots.seal(KEY, "entry", List.of(NET));

        assertThat(PackedSlots.parse("an").open(KEY, "entry", both)).containsExactly(ACTOR, NET);
        assertThat(PackedSlots.parse("net").open(KEY, "entry", one)).containsExactly(NET);
        assertThat(PackedSlots.parse("an").open(KEY, "other", both)).isEmpty();
        assertThat(PackedSlots.parse("at").open(KEY, "entry", both)).isEmpty();
        assertThat(PackedSlots.parse("net").open(KEY, "entry", both)).isEmpty();
        assertThat(PackedSlots.parse("actor").open(KEY, "entry", one)).isEmpty();
    }

    @Test
    void slotsStayInTheOrderOfTheEntry() {
        assertThat(new PackedSlots(Set.of(Slot.NET, Slot.CHANGE, Slot.TARGET, Slot.ACTOR)).label())
                .isEqualTo("atcn");
    }

    private static Disclosure part(Slot slot, String text) {
        return new Disclosure(slot, Salt.random(RANDOM), new JsonObject(Map.of("text", new JsonString(text))));
    }
}
