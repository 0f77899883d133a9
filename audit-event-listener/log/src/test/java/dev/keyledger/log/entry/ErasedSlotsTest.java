package dev.keyledger.log.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonReader;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErasedSlotsTest {
    @Test
    void writesRangesBySlot() {
        ErasedSlots slots = new ErasedSlots();
        slots.add(5, Slot.ACTOR);
        slots.add(5, Slot.CHANGE);
        slots.add(9, Slot.ACTOR);
        slots.add(10, Slot.ACTOR);

        assertThat(CanonicalJson.format(slots.toJson())).isEqualTo("{\"actor\":\"5,9-10\",\"change\":\"5\"}");
        assertThat(slots.count()).isEqualTo(4);
        assertThat(slots.rangeCount()).isEqualTo(3);
    }

    @Property(tries = 300)
    void coversWhatWasAddedAndNothingElse(@ForAll @Size(max = 40) Set<@IntRange(max = 60) Integer> indices) {
        ErasedSlots added = new ErasedSlots();
        new TreeSet<>(indices).forEach(index -> added.add(index, Slot.TARGET));
        ErasedSlots read = ErasedSlots.parse(added.toJson());

        for (int index = 0; index <= 61; index++) {
            assertThat(read.covers(index, Slot.TARGET)).isEqualTo(indices.contains(index));
            assertThat(read.covers(index, Slot.NET)).isFalse();
        }
    }

    @Property(tries = 300)
    void namesTheFirstThatAnotherListDoesNotCover(
            @ForAll @Size(max = 20) Set<@IntRange(max = 30) Integer> claimed,
            @ForAll @Size(max = 20) Set<@IntRange(max = 30) Integer> listed) {
        ErasedSlots claims = new ErasedSlots();
        new TreeSet<>(claimed).forEach(index -> claims.add(index, Slot.NET));
        ErasedSlots list = new ErasedSlots();
        new TreeSet<>(listed).forEach(index -> list.add(index, Slot.NET));
        TreeSet<Integer> open = new TreeSet<>(claimed);
        open.removeAll(listed);

        assertThat(claims.notCoveredBy(list).map(ErasedSlots.Place::index))
                .isEqualTo(open.stream().findFirst().map(Integer::longValue));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5,", "9-5", "5,5", "5,6", "6,5", "05", "-1", "5-", "1e3", "99999999999999999999"})
    void refusesRangesOfAnotherForm(String ranges) {
        assertThatThrownBy(() -> ErasedSlots.parse(JsonReader.parseObject("{\"net\":\"" + ranges + "\"}")))
                .isInstanceOf(FormatException.class);
    }
}
