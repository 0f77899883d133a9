package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonReader;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapturePolicyTest {
    private static final CapturePolicy FLOOR = new CapturePolicy(
            Map.of(EntryKind.USER, Set.of("REFRESH_TOKEN", "LOGOUT")), Set.of(EntryKind.USER), Set.of());

    @Test
    void isTheSameAfterItWasWrittenAndRead() {
        String json =
                "{\"asynchronous\":[\"user\"],\"excluded\":{\"admin\":[\"CREATE USER\"],\"user\":[\"LOGIN\",\"REFRESH_TOKEN\"]},"
                        + "\"failOpen\":[\"scim\",\"user\"]}";

        assertThat(CanonicalJson.format(parse(json).toJson())).isEqualTo(json);
    }

    @Test
    void excludesNothingWhenItSaysNothing() {
        assertThat(parse("{}")).isEqualTo(new CapturePolicy(Map.of(), Set.of(), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"excluded\":{\"user\":[\"NO_SUCH_EVENT\"]}}",
                "{\"excluded\":{\"user\":[\"CREATE USER\"]}}",
                "{\"excluded\":{\"admin\":[\"LOGIN\"]}}",
                "{\"excluded\":{\"scim\":[\"CREATE \"]}}",
                "{\"excluded\":{\"system\":[\"CLEAR EVENTS\"]}}",
                "{\"excluded\":{\"nobody\":[]}}",
                "{\"excluded\":{\"user\":\"LOGIN\"}}",
                "{\"excluded\":{\"user\":[1]}}",
                "{\"excluded\":[]}",
                "{\"failOpen\":[\"everything\"]}",
                "{\"failOpen\":true}",
                "{\"asynchronous\":[\"admin\"]}",
                "{\"asynchronous\":\"user\"}",
                "{\"excludes\":{}}"
            })
    void refusesWhatIsNoPolicy(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(FormatException.class);
    }

    @Test
    void mayRecordMoreThanItsFloor() {
        CapturePolicy more = parse("{\"excluded\":{\"user\":[\"LOGOUT\"]}}");

        assertThat(more.within(FLOOR, Set.of())).isEqualTo(more);
    }

    @Test
    void keepsOfWhatRecordsLessOnlyWhatIsWeakenable() {
        CapturePolicy less = parse("{\"excluded\":{\"admin\":[\"CREATE USER\"],\"user\":[\"LOGIN\",\"LOGOUT\"]},"
                + "\"failOpen\":[\"admin\",\"user\"]}");

        assertThat(less.within(FLOOR, Set.of(EntryKind.USER)))
                .isEqualTo(
                        parse("{\"excluded\":{\"admin\":[],\"user\":[\"LOGIN\",\"LOGOUT\"]},\"failOpen\":[\"user\"]}"));
        assertThat(less.within(FLOOR, Set.of()))
                .isEqualTo(parse("{\"excluded\":{\"admin\":[],\"user\":[\"LOGOUT\"]},\"failOpen\":[\"user\"]}"));
        assertThat(less.within(FLOOR, Set.of(EntryKind.ADMIN, EntryKind.USER))).isEqualTo(less);
    }

    @Test
    void isAsynchronousOnlyWhereItIsWeakenableOrItsFloorIs() {
        CapturePolicy quick = parse("{\"asynchronous\":[\"user\"]}");

        assertThat(quick.within(FLOOR, Set.of())).isEqualTo(parse("{}"));
        assertThat(quick.within(FLOOR, Set.of(EntryKind.USER))).isEqualTo(quick);
        assertThat(quick.within(quick, Set.of())).isEqualTo(quick);
    }

    private static CapturePolicy parse(String json) {
        return CapturePolicy.parse(JsonReader.parseObject(json));
    }
}
