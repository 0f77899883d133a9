package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectChangesTest {
    private static final Target ADA = Target.user("id-ada", "ada");
    private static final Target STAFF = new Target(Target.GROUP, "id-staff", "staff", null, null);

    @Test
    void aRoleThatNoEventTellsOfHasAnEntryOfItsOwn() {
        List<Draft> settled = settle(List.of(), granted("admin"), granted("auditor"));

        assertThat(settled).hasSize(1);
        assertThat(settled.get(0).kind()).isEqualTo(EntryKind.SYSTEM);
        assertThat(settled.get(0).target()).isEqualTo(ADA);
        assertThat(settled.get(0).details()).isEqualTo(Map.of("roles.granted", texts("admin", "auditor")));
    }

    @Test
    void anEntryThatShowsTheUsersStateTellsTheRoleAnyway() {
        Draft event = event(EntryKind.ADMIN, ADA, true);

        assertThat(settle(List.of(event), granted("admin"))).containsExactly(event);
    }

    @Test
    void aLoginThatBringsARoleWithItSaysSo() {
        Draft login = event(EntryKind.USER, ADA, false);

        assertThat(settle(List.of(login), granted("admin")))
                .containsExactly(login.withDetails(Map.of("roles.granted", texts("admin"))));
    }

    @Test
    void anEntryAboutTheGroupTellsItsMembers() {
        Draft event = event(EntryKind.SCIM, STAFF, false);

        assertThat(settle(List.of(event), joinedStaff())).containsExactly(event);
    }

    @Test
    void aGroupThatIsMadeWithItsMembersDoesNotHideThem() {
        List<Draft> settled = settle(List.of(), DirectChange.of("realm", STAFF, "CREATE"), joinedStaff());

        assertThat(settled).extracting(Draft::target).containsExactly(STAFF, ADA);
    }

    @Test
    void whoWasInAGroupThatIsGoneIsNotToldOneByOne() {
        List<Draft> settled = settle(List.of(), DirectChange.of("realm", STAFF, "DELETE"), joinedStaff());

        assertThat(settled).extracting(Draft::target).containsExactly(STAFF);
    }

    @Test
    void aLinkToAnotherSystemIsADetailOfTheEntryThatShowsTheState() {
        Draft event = event(EntryKind.ADMIN, ADA, true);
        DirectChange linked = new DirectChange("realm", ADA, List.of(), "UPDATE", "identities.linked", () -> "github");

        assertThat(settle(List.of(event), linked))
                .containsExactly(event.withDetails(Map.of("identities.linked", texts("github"))));
    }

    @Test
    void anEntryAboutSomebodyElseTellsNothingOfIt() {
        Draft other = event(EntryKind.ADMIN, Target.user("id-bob", "bob"), true);

        assertThat(settle(List.of(other), joinedStaff())).hasSize(2);
    }

    @Test
    void aRealmThatComesOrGoesIsOneEntryInItsOwnLog() {
        Target realm = new Target(Target.REALM, "realm", "acme", null, null);

        List<Draft> settled =
                settle(List.of(), granted("admin"), DirectChange.of("realm", realm, "CREATE"), joinedStaff());

        assertThat(settled).extracting(Draft::target).containsExactly(realm);
    }

    @Test
    void aDeletionBySomethingWithAnEventOfItsOwnIsNotToldTwice() {
        Draft deleted = event(EntryKind.SCIM, ADA, false);

        assertThat(settle(List.of(deleted), DirectChange.of("realm", ADA, "DELETE")))
                .containsExactly(deleted);
    }

    private static List<Draft> settle(List<Draft> events, DirectChange... changes) {
        return new DirectChanges(events, Arrays.asList(changes))
                .settle((change, members) ->
                        event(EntryKind.SYSTEM, change.about(), true).withDetails(members));
    }

    private static DirectChange granted(String role) {
        return new DirectChange("realm", ADA, List.of(), "UPDATE", "roles.granted", () -> role);
    }

    private static DirectChange joinedStaff() {
        return new DirectChange("realm", ADA, List.of(STAFF), "UPDATE", "groups.joined", () -> "/staff");
    }

    private static Draft event(EntryKind kind, Target target, boolean observed) {
        return new Draft(
                "realm",
                kind,
                "UPDATE",
                target.type(),
                true,
                0,
                null,
                target,
                null,
                Change.NONE,
                Map.of(),
                null,
                observed);
    }

    private static JsonValue texts(String... elements) {
        return new JsonArray(
                Arrays.stream(elements).<JsonValue>map(JsonString::new).toList());
    }
}
