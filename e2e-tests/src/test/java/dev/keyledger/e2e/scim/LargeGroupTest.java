package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Groups of {@value #HUGE} and {@value #LARGE} members beside one of ten, on PostgreSQL, which can be filled from outside.
 * Bounds are several times what a loaded machine needs; what they catch is work that grows with the group.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeGroupTest {
    private static final int HUGE = 100_000;
    private static final int LARGE = 10_000;
    private static final int ROUNDS = 15;

    private final SharedServer shared = SharedServer.POSTGRES;
    private ScimClient scim = new ScimClient(new Http(""));
    private List<String> people = List.of();
    private String huge = "";
    private String large = "";
    private String small = "";
    private String newcomer = "";

    @BeforeAll
    void fill() {
        String realm = shared.freshRealm("large");
        scim = ScimClient.connect(shared, realm);
        newcomer = scim.createUser("newcomer");
        huge = create("Huge");
        large = create("Large");
        small = create("Small");
        String realmId = shared.admin().realm(realm).get("").json().get("id").asText();
        String id = "'" + newcomer.substring(0, 24) + "' || lpad(i::text, 12, '0')";
        shared.execute(
                "insert into user_entity (id, username, realm_id, enabled, email_verified, email_constraint, not_before)"
                        + " select " + id + ", 'member-' || i, '" + realmId
                        + "', true, false, gen_random_uuid()::text, 0"
                        + " from generate_series(1, " + HUGE + ") i");
        Map.of(huge, HUGE, large, LARGE, small, 10)
                .forEach((group, size) -> shared.execute("insert into user_group_membership"
                        + " (group_id, user_id, membership_type) select '" + group + "', " + id + ", 'UNMANAGED'"
                        + " from generate_series(1, " + size + ") i"));
        shared.execute("analyze user_entity, user_group_membership");
        people = IntStream.rangeClosed(1, LARGE)
                .mapToObj(i -> newcomer.substring(0, 24) + String.format(Locale.ROOT, "%012d", i))
                .toList();
    }

    @Test
    void allMembersAreThereAndNoneWhenNobodyAsks() {
        assertThat(memberIds(scim.read("/Groups/" + large))).containsExactlyInAnyOrderElementsOf(people);
        assertThat(took(() -> scim.read("/Groups/" + large))).isLessThan(Duration.ofSeconds(5));
        assertAlike(id -> scim.read("/Groups/" + id + "?excludedAttributes=members"));
    }

    @Test
    void aPatchAnswersWithAllOfASmallGroupAndWithNothingOfALargeOne() {
        ObjectNode patch = patch("{'op':'add','path':'externalId','value':'ext'}");
        JsonNode answer =
                scim.http().patch("/Groups/" + small, patch).expect(200).json();
        assertThat(answer).isEqualTo(scim.read("/Groups/" + small));
        assertThat(memberIds(answer)).hasSize(10);
        scim.http().patch("/Groups/" + large, patch).expect(204);
        JsonNode asked = scim.http()
                .patch("/Groups/" + large + "?attributes=externalId", patch)
                .expect(200)
                .json();
        assertThat(asked.has("members")).isFalse();
    }

    @Test
    void membersArePagedThroughAsUsers() {
        String filter = Http.encode("groups.value eq \"" + large + "\"");
        JsonNode last = scim.read("/Users?attributes=userName&startIndex=9991&count=50&filter=" + filter);
        assertThat(last.get("totalResults").asInt()).isEqualTo(LARGE);
        assertThat(last.get("Resources")).hasSize(10);
        JsonNode member = scim.search("/Groups", "id eq \"" + large + "\" and members.value eq \"" + newcomer + "\"");
        assertThat(member.get("totalResults").asInt()).isZero();
    }

    @Test
    void oneMemberCostsTheSameInALargeGroup() {
        assertAlike(id -> {
            change(id, "{'op':'add','path':'members','value':[{'value':'" + newcomer + "'}]}");
            change(id, "{'op':'remove','path':'members[value eq \"" + newcomer + "\"]'}");
        });
    }

    @Test
    void aWholeListWritesTheDifference() {
        List<String> wanted = new ArrayList<>(people.subList(1, LARGE));
        wanted.add(newcomer);
        ObjectNode body = group("Large", wanted.toArray(String[]::new));
        Duration took = took(() -> assertThat(memberIds(
                        scim.http().put("/Groups/" + large, body).expect(200).json()))
                .containsExactlyInAnyOrderElementsOf(wanted));
        assertThat(took).isLessThan(Duration.ofSeconds(15));
        JsonNode before = scim.read("/Groups/" + large + "?excludedAttributes=members");
        scim.http().put("/Groups/" + large, body).expect(200);
        assertThat(scim.read("/Groups/" + large + "?excludedAttributes=members"))
                .isEqualTo(before);
        change(
                large,
                "{'op':'add','path':'members','value':[{'value':'" + people.get(0) + "'}]}",
                "{'op':'remove','path':'members[value eq \"" + newcomer + "\"]'}");
    }

    /** The median over the rounds for the huge group is like that for the small one, which takes turns with it. */
    private void assertAlike(Consumer<String> request) {
        List<Duration> ofHuge = new ArrayList<>();
        List<Duration> ofSmall = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ofSmall.add(took(() -> request.accept(small)));
            ofHuge.add(took(() -> request.accept(huge)));
        }
        assertThat(median(ofHuge)).isLessThan(median(ofSmall).multipliedBy(4));
    }

    private static Duration median(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static Duration took(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static List<String> memberIds(JsonNode group) {
        List<String> ids = new ArrayList<>();
        group.path("members").forEach(member -> ids.add(member.get("value").asText()));
        return ids;
    }

    private String create(String name) {
        return scim.create("/Groups", group(name)).get("id").asText();
    }

    private void change(String id, String... operations) {
        scim.http().patch("/Groups/" + id, patch(operations)).expect(200, 204);
    }
}
