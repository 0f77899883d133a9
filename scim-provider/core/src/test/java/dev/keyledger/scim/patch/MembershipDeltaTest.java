package dev.keyledger.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.patch.MembershipDelta.Selected;
import dev.keyledger.scim.schema.CoreSchemas;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipDeltaTest {

    @Test
    void aMemberIsRemovedByIdAndType() {
        MembershipDelta delta = delta("{'op':'remove','path':'members[value eq \"a\" and type eq \"Group\"]'}");
        assertThat(delta.removed()).containsExactly(new Selected("a", "Group"));
        assertThat(delta("{'op':'remove','path':'members[type eq \"user\" and value eq \"a\"]'}")
                        .removed())
                .containsExactly(new Selected("a", "user"));
        assertThat(new Selected("a", "group").allows("Group")).isTrue();
        assertThat(new Selected("a", "User").allows("Group")).isFalse();
        assertThat(Selected.of("a").allows("Group")).isTrue();
    }

    @Test
    void severalMembersAreRemovedByOneFilter() {
        assertThat(delta("{'op':'remove','path':'members[value eq \"a\" or value eq \"b\" and type eq \"Group\"]'}")
                        .removed())
                .containsExactly(Selected.of("a"), new Selected("b", "Group"));
    }

    @Test
    void whoIsRemovedAndAddedInTurnIsWhatTheLastOperationSays() {
        MembershipDelta delta = delta(
                "{'op':'remove','path':'members','value':[{'value':'a'},{'value':'b'}]}",
                "{'op':'add','path':'members','value':[{'value':'a'}]}",
                "{'op':'remove','path':'members[value eq \"c\"]'}");
        assertThat(delta.added()).containsOnlyKeys("a");
        assertThat(delta.removed()).containsExactly(Selected.of("b"), Selected.of("c"));
    }

    @Test
    void manyMembersAreRemovedInTimeThatGrowsWithTheirNumber() {
        String many = IntStream.range(0, 40_000).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(","));
        MembershipDelta delta = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> delta("{'op':'remove','path':'members','value':[" + many + "]}"));
        assertThat(delta.removed()).hasSize(40_000);
    }

    @Test
    void aRemovalOfAnotherTypeLeavesWhoWasAddedBefore() {
        String add = "{'op':'add','path':'members','value':[{'value':'a','type':'User'}]}";
        MembershipDelta kept = delta(add, "{'op':'remove','path':'members[value eq \"a\" and type eq \"Group\"]'}");
        assertThat(kept.added()).containsOnlyKeys("a");
        assertThat(kept.removed()).isEmpty();
        MembershipDelta gone = delta(add, "{'op':'remove','path':'members[value eq \"a\" and type eq \"user\"]'}");
        assertThat(gone.added()).isEmpty();
        assertThat(gone.removed()).containsExactly(new Selected("a", "user"));
    }

    @Test
    void whoIsAddedAgainIsNotRemoved() {
        MembershipDelta delta = delta(
                "{'op':'remove','path':'members[value eq \"a\" and type eq \"Group\"]'}",
                "{'op':'add','path':'members','value':[{'value':'a'}]}");
        assertThat(delta.removed()).isEmpty();
        assertThat(delta.added()).containsOnlyKeys("a");
    }

    @Test
    void theTypeThatAClientNamesComesWithTheDelta() {
        MembershipDelta delta =
                delta("{'op':'replace','path':'members','value':[{'value':'a','type':'Group'},{'value':'b'}]}");
        assertThat(delta.replacesAll()).isTrue();
        assertThat(delta.added().values())
                .extracting(member -> member.path("type").asText())
                .containsExactly("Group", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "members[display eq \"x\"]",
                "members[type eq \"Group\"]",
                "members[value ne \"a\"]",
                "members[value eq \"a\" and display eq \"x\"]",
                "members[value eq \"a\" and type ne \"Group\"]",
                "members[value eq \"a\" and value eq \"b\"]",
                "members[not (value eq \"a\")]",
                "members.display"
            })
    void whatOnlyTheMembersCanTellIsNoDelta(String path) {
        assertThat(split("{'op':'remove','path':'" + path + "'}")).isEmpty();
    }

    @Test
    void aTypeThatNobodySaidIsNoDelta() {
        assertThat(split(
                        "{'op':'add','path':'members','value':[{'value':'a'}]}",
                        "{'op':'remove','path':'members[value eq \"a\" and type eq \"Group\"]'}"))
                .isEmpty();
    }

    private static MembershipDelta delta(String... operations) {
        return split(operations).orElseThrow().delta();
    }

    private static Optional<MembershipPatch> split(String... operations) {
        String text = "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
                + String.join(",", operations).replace("\"", "\\\"").replace('\'', '"') + "]}";
        try {
            return MembershipPatch.split(
                    PatchRequest.parse((ObjectNode) new ObjectMapper().readTree(text), CoreSchemas.GROUP_TYPE));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
