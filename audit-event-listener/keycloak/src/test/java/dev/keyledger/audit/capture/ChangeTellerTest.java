package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.capture.ChangeTeller.Pending;
import dev.keyledger.audit.capture.ChangeTeller.Told;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeTellerTest {
    private static final Target ADA = new Target(Target.USER, "id-ada", null, null, "users/id-ada");
    private static final Change SENT = new Change(null, Map.of("sent", new JsonString("x")));

    private final Map<String, Snapshot> left = new HashMap<>();
    private int reads;
    private final ChangeTeller teller = new ChangeTeller((realm, target) -> {
        reads++;
        return Optional.ofNullable(left.get(target.id() == null ? target.name() : target.id()));
    });

    @Test
    void oneEntryTellsTheDifference() {
        left.put("id-ada", ada("new"));

        Draft told = tell(entry("1", "UPDATE", "USER", ADA, ada("old"))).get(0).draft();

        assertThat(told.change()).isEqualTo(new Change(email("old"), email("new")));
        assertThat(told.target()).isEqualTo(ADA.named("ada"));
    }

    @Test
    void theSecondChangeOfOneThingNamesTheEntryThatTellsBoth() {
        left.put("id-ada", ada("new"));

        List<Told> told =
                tell(entry("1", "UPDATE", "USER", ADA, ada("old")), entry("2", "UPDATE", "USER", ADA, ada("old")));

        assertThat(told.get(0).draft().change()).isEqualTo(new Change(email("old"), email("new")));
        assertThat(told.get(1).draft().change()).isEqualTo(Change.NONE);
        assertThat(told.get(1).draft().details()).containsEntry(ChangeTeller.TOLD_IN, new JsonString("1"));
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void theEntryOfTheThingItselfTellsRatherThanThatOfAPart() {
        left.put("id-ada", ada("new"));

        List<Told> told =
                tell(entry("1", "CREATE", "REALM_ROLE_MAPPING", ADA, null), entry("2", "CREATE", "USER", ADA, null));

        assertThat(told.get(1).draft().change()).isEqualTo(new Change(null, email("new")));
        assertThat(told.get(0).draft().details()).containsEntry(ChangeTeller.TOLD_IN, new JsonString("2"));
    }

    @Test
    void whatTheStateDoesNotShowIsToldByEachEventItself() {
        left.put("id-ada", ada("same"));

        List<Told> told = tell(
                entry("1", "CREATE", "FEDERATED_IDENTITY", ADA, ada("same")),
                entry("2", "ACTION", "USER", ADA, ada("same")));

        assertThat(told).allSatisfy(one -> assertThat(one.draft().change()).isEqualTo(SENT));
    }

    @Test
    void aThingThatBecomesADefaultIsNotCreated() {
        Target standard = new Target(Target.USER, "id-ada", null, null, "default-users/id-ada");
        left.put("id-ada", ada("same"));

        Pending entry = entry("1", "CREATE", "USER", standard, ada("same"));

        assertThat(entry.draft().creates()).isFalse();
        assertThat(tell(entry).get(0).draft().change()).isEqualTo(SENT);
    }

    @Test
    void aRequestThatChangesNothingIsAnEntryWithoutADifference() {
        left.put("id-ada", ada("same"));

        Draft told = tell(entry("1", "UPDATE", "USER", ADA, ada("same"))).get(0).draft();

        assertThat(told.change()).isEqualTo(new Change(Map.of(), Map.of()));
    }

    @Test
    void ofWhatIsNotInThisDatabaseTheEventTells() {
        assertThat(tell(entry("1", "UPDATE", "USER", ADA, null)).get(0).draft().change())
                .isEqualTo(SENT);
    }

    @Test
    void whatWasRenamedIsFoundByItsId() {
        Target byOldName = new Target(Target.ROLE, null, "old", null, "roles/old");
        left.put("id-role", new Snapshot("id-role", "new", Map.of("name", new JsonString("new"))));
        Snapshot before = new Snapshot("id-role", "old", Map.of("name", new JsonString("old")));

        Draft told = tell(entry("1", "UPDATE", "REALM_ROLE", byOldName, before))
                .get(0)
                .draft();

        assertThat(told.change())
                .isEqualTo(new Change(Map.of("name", new JsonString("old")), Map.of("name", new JsonString("new"))));
        assertThat(told.target()).isEqualTo(new Target(Target.ROLE, "id-role", "new", null, "roles/old"));
    }

    @Test
    void aThingThatIsKnownByNameHereAndByIdThereIsOne() {
        Snapshot role = new Snapshot("id-role", "new", Map.of("name", new JsonString("new")));
        left.put("id-role", role);
        left.put("new", role);

        List<Told> told = tell(
                entry("1", "CREATE", "REALM_ROLE", new Target(Target.ROLE, null, "new", null, "roles/new"), null),
                entry(
                        "2",
                        "UPDATE",
                        "REALM_ROLE",
                        new Target(Target.ROLE, "id-role", null, null, "roles-by-id/id-role"),
                        null));

        assertThat(told.get(1).draft().details()).containsEntry(ChangeTeller.TOLD_IN, new JsonString("1"));
    }

    private List<Told> tell(Pending... entries) {
        return teller.tell(List.of(entries));
    }

    private static Snapshot ada(String email) {
        return new Snapshot("id-ada", "ada", email(email));
    }

    private static Map<String, JsonValue> email(String email) {
        return Map.of("email", new JsonString(email));
    }

    private static Pending entry(
            String id, String operation, String resourceType, Target target, @Nullable Snapshot before) {
        return new Pending(
                id,
                new Draft(
                        "realm",
                        EntryKind.ADMIN,
                        operation,
                        resourceType,
                        true,
                        0,
                        null,
                        target,
                        null,
                        SENT,
                        Map.of(),
                        null,
                        true),
                before);
    }
}
