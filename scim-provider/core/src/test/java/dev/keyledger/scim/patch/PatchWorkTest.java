package dev.keyledger.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.validate.ResourceValidator;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No body of the largest size takes longer than its size, whatever it makes the server compare. */
class PatchWorkTest {
    private static final int MANY = 40_000;
    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void doesAThousandOperationsWithAFilterOnAThousandValues() {
        Resource before = user(phones(1000, i -> "+1 555 " + i));
        PatchRequest request = patch(1000, i -> set("phoneNumbers[value eq \"+1 555 " + i + "\"].display", "D" + i));

        Resource after = soon(() -> new PatchApplier(CoreSchemas.USER_TYPE).apply(before, request));
        assertThat(after.view().at("/phoneNumbers/999/display").asText()).isEqualTo("D999");
    }

    @Test
    void refusesToCompareManyValuesWithManyLongFilters() {
        Resource before = user(phones(1000, i -> "+1 555 " + i));
        String filter = "phoneNumbers[" + "type eq \"a\" or ".repeat(50) + "type eq \"work\"].display";

        assertTooMany(() -> new PatchApplier(CoreSchemas.USER_TYPE).apply(before, patch(1000, i -> set(filter, "D"))));
    }

    @Test
    void refusesToLookForALongTextInManyLongOnes() {
        Resource before = user(phones(100, i -> "a".repeat(60_000) + i));
        String filter = "phoneNumbers[value co \"" + "a".repeat(30_000) + "b\"].display";

        assertTooMany(() -> new PatchApplier(CoreSchemas.USER_TYPE).apply(before, patch(1, i -> set(filter, "D"))));
    }

    @Test
    void textsOfOneHashTakeNoLongerThanOthers() {
        ArrayNode values = phones(MANY, PatchWorkTest::sameHash);
        ResourceValidator validator = new ResourceValidator(CoreSchemas.USER_TYPE);
        ObjectNode body = user(values).toJson().put("userName", "b");
        assertThat(soon(() -> validator.toCreate(body)).get("phoneNumbers")).hasSize(MANY);

        ObjectNode add = Json.object().put("op", "add").put("path", "phoneNumbers");
        add.set("value", values);
        PatchApplier applier = new PatchApplier(CoreSchemas.USER_TYPE);
        Resource after = soon(() -> applier.apply(user(phones(1, i -> "x")), patch(1, i -> add)));
        assertThat(after.get("phoneNumbers")).hasSize(MANY + 1);
    }

    @Test
    void membersOfOneHashTakeNoLongerThanOthers() {
        ObjectNode remove = Json.object().put("op", "remove").put("path", "members");
        ArrayNode ids = remove.putArray("value");
        IntStream.range(0, MANY).forEach(i -> ids.add(sameHash(i)));

        assertThat(soon(() -> delta(patchOf(remove))).removed()).hasSize(MANY);
    }

    @Test
    void anOperationOnMembersTakesNoLongerAfterOneOnMany() {
        ObjectNode first = Json.object().put("op", "add").put("path", "members");
        ArrayNode ids = first.putArray("value");
        IntStream.range(0, MANY).forEach(i -> ids.add("m" + i));
        ObjectNode[] operations = new ObjectNode[1000];
        operations[0] = first;
        IntStream.range(1, 1000)
                .forEach(i -> operations[i] = i % 2 == 0
                        ? set("members", "n" + i).put("op", "add")
                        : Json.object().put("op", "remove").put("path", "members[value eq \"m" + i + "\"]"));

        MembershipDelta delta = soon(() -> delta(patchOf(operations)));
        assertThat(delta.added()).hasSize(MANY + 499 - 500);
        assertThat(delta.removed()).hasSize(500);
    }

    private static MembershipDelta delta(ObjectNode body) {
        return MembershipPatch.split(PatchRequest.parse(body, CoreSchemas.GROUP_TYPE))
                .orElseThrow()
                .delta();
    }

    private static <T> T soon(Supplier<T> work) {
        return assertTimeoutPreemptively(SOON, work::get);
    }

    private static void assertTooMany(Runnable attempt) {
        assertThatThrownBy(() -> assertTimeoutPreemptively(SOON, attempt::run))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isEqualTo(ScimType.TOO_MANY));
    }

    /** Texts of 32 characters that differ and have one hash: {@code "Aa"} and {@code "BB"} have. */
    private static String sameHash(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static ArrayNode phones(int count, Function<Integer, String> value) {
        ArrayNode phones = Json.array();
        IntStream.range(0, count)
                .forEach(i -> phones.addObject().put("value", value.apply(i)).put("type", "work"));
        return phones;
    }

    private static Resource user(JsonNode phones) {
        ObjectNode user = Json.object();
        user.putArray("schemas").add(CoreSchemas.USER_URN);
        user.put("id", "u1").put("userName", "b");
        user.set("phoneNumbers", phones);
        return Resource.of(user);
    }

    private static ObjectNode set(String path, String value) {
        return Json.object().put("op", "replace").put("path", path).put("value", value);
    }

    private static PatchRequest patch(int count, Function<Integer, ObjectNode> operation) {
        return PatchRequest.parse(
                patchOf(IntStream.range(0, count).mapToObj(operation::apply).toArray(ObjectNode[]::new)),
                CoreSchemas.USER_TYPE);
    }

    private static ObjectNode patchOf(ObjectNode... operations) {
        ObjectNode body = Json.object();
        body.putArray("schemas").add(PatchRequest.URN);
        ArrayNode all = body.putArray("Operations");
        for (ObjectNode operation : operations) {
            all.add(operation);
        }
        return body;
    }
}
