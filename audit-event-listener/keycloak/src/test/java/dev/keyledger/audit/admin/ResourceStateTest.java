package dev.keyledger.audit.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a resource was like at a moment, from what the entries about it say; each list is newest first. */
class ResourceStateTest {
    private static final ResourceState.Told CREATED =
            told("CREATE", "null", "{\"username\":\"ada\",\"email\":\"a@x\",\"enabled\":true}");
    private static final ResourceState.Told NEW_MAIL = told("UPDATE", "{\"email\":\"a@x\"}", "{\"email\":\"b@x\"}");
    private static final ResourceState.Told NO_MAIL = told("UPDATE", "{\"email\":\"b@x\"}", "{}");
    private static final ResourceState.Told DELETED = told("DELETE", "{\"username\":\"ada\",\"enabled\":true}", "null");

    @Test
    void isWhatItWasCreatedAsAndWhatChangedSince() {
        assertState(
                state(List.of(NEW_MAIL, CREATED), List.of()),
                true,
                true,
                "{\"email\":\"b@x\",\"enabled\":true,\"username\":\"ada\"}");
        assertState(
                state(List.of(NO_MAIL, NEW_MAIL, CREATED), List.of()),
                true,
                true,
                "{\"enabled\":true,\"username\":\"ada\"}");
    }

    @Test
    void isNotThereBeforeItsCreationAndAfterItsDeletion() {
        assertState(state(List.of(), List.of(NEW_MAIL, CREATED)), false, true, "{}");
        assertState(state(List.of(DELETED, NEW_MAIL, CREATED), List.of()), false, true, "{}");
        assertState(state(List.of(DELETED, CREATED), List.of(NEW_MAIL, CREATED)), false, true, "{}");
    }

    @Test
    void isKnownInPartWhenItIsOlderThanTheLog() {
        assertState(state(List.of(NEW_MAIL), List.of()), true, false, "{\"email\":\"b@x\"}");
        assertState(state(List.of(), List.of(NO_MAIL, NEW_MAIL)), true, false, "{\"email\":\"a@x\"}");
    }

    @Test
    void isKnownWholeByItsLaterDeletion() {
        assertState(
                state(List.of(NEW_MAIL), List.of(DELETED, NO_MAIL)),
                true,
                true,
                "{\"email\":\"b@x\",\"enabled\":true,\"username\":\"ada\"}");
        assertState(state(List.of(), List.of(DELETED)), true, true, "{\"enabled\":true,\"username\":\"ada\"}");
    }

    @Test
    void isNotWhatAnotherOfTheSameIdWasLater() {
        assertState(
                state(List.of(NEW_MAIL), List.of(NO_MAIL, CREATED, DELETED)),
                true,
                true,
                "{\"email\":\"b@x\",\"enabled\":true,\"username\":\"ada\"}");
    }

    @Test
    void isUnknownWhenNothingIsSaid() {
        ResourceState.Told login = new ResourceState.Told("user", "LOGIN", true, null);
        ResourceState.Told refused = new ResourceState.Told("admin", "CREATE", false, CREATED.change());
        ResourceState.Told link = told("CREATE", "null", "{\"identityProvider\":\"idp\"}");

        assertThat(state(List.of(login, refused, link), List.of()).exists()).isNull();
    }

    @Test
    void isWhatItsOwnerMadeOfIt() {
        ResourceState.Told registered = new ResourceState.Told("user", "REGISTER", true, null);
        ResourceState.Told update = new ResourceState.Told(
                "user",
                "UPDATE_PROFILE",
                true,
                JsonReader.parseObject("{\"before\":{\"first_name\":\"A\",\"phone\":\"1\"},"
                        + "\"after\":{\"first_name\":\"Ada\",\"phone\":\"1::2\"}}"));

        assertState(
                state(List.of(update, registered), List.of()),
                true,
                false,
                "{\"attributes.phone\":[\"1\",\"2\"],\"firstName\":\"Ada\"}");
        assertState(state(List.of(), List.of(update, registered)), false, true, "{}");
    }

    private static ResourceState state(List<ResourceState.Told> upTo, List<ResourceState.Told> behind) {
        ResourceState state = new ResourceState("USER");
        for (ResourceState.Told entry : upTo) {
            if (!state.upTo(entry)) {
                break;
            }
        }
        behind.forEach(state::behind);
        return state;
    }

    private static void assertState(
            ResourceState state, @Nullable Boolean exists, boolean complete, String attributes) {
        assertThat(state.exists()).as("exists").isEqualTo(exists);
        assertThat(CanonicalJson.format(new JsonObject(state.attributes()))).isEqualTo(attributes);
        assertThat(state.isComplete()).as("complete").isEqualTo(complete);
    }

    private static ResourceState.Told told(String operation, String before, String after) {
        return new ResourceState.Told(
                "admin",
                operation,
                true,
                JsonReader.parseObject("{\"before\":" + before + ",\"after\":" + after + "}"));
    }
}
