package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A group of {@value #SIZE} beside one of ten. Bounds are several times what a loaded machine needs; what they catch is work
 * that grows with the group.
 */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeGroupTest {
    private static final int SIZE = 10_000;
    private static final int CHUNK = 1_000;
    private static final int ROUNDS = 15;

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient scim = new ScimClient(new Http(""));
    private final List<String> people = new ArrayList<>();
    private String large = "";
    private String small = "";
    private String newcomer = "";

    @BeforeParameterizedClassInvocation
    void fill() {
        String realm = shared.freshRealm("large");
        scim = ScimClient.connect(shared, realm);
        large = create("Large");
        for (int from = 0; from < SIZE; from += CHUNK) {
            List<String> ids = importUsers(realm, from);
            change(large, "{'op':'add','path':'members','value':[" + members(ids) + "]}");
            people.addAll(ids);
        }
        small = create("Small");
        change(small, "{'op':'add','path':'members','value':[" + members(people.subList(0, 10)) + "]}");
        newcomer = scim.createUser("newcomer");
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
        assertThat(last.get("totalResults").asInt()).isEqualTo(SIZE);
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
        List<String> wanted = new ArrayList<>(people.subList(1, SIZE));
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

    /** The median over the rounds for the large group is like that for the small one, which takes turns with it. */
    private void assertAlike(Request request) {
        List<Duration> ofLarge = new ArrayList<>();
        List<Duration> ofSmall = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ofSmall.add(took(() -> request.send(small)));
            ofLarge.add(took(() -> request.send(large)));
        }
        assertThat(median(ofLarge)).isLessThan(median(ofSmall).multipliedBy(4));
    }

    private static Duration median(List<Duration> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static Duration took(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** One chunk of users, by Keycloak's own import. */
    private List<String> importUsers(String realm, int from) {
        ObjectNode representation = json("{'ifResourceExists':'FAIL'}");
        ArrayNode users = representation.putArray("users");
        for (int i = from; i < from + CHUNK; i++) {
            users.addObject().put("username", "member-" + i).put("enabled", true);
        }
        JsonNode results = shared.admin()
                .realm(realm)
                .post("/partialImport", representation)
                .expect(200)
                .json()
                .get("results");
        return StreamSupport.stream(results.spliterator(), false)
                .map(result -> result.get("id").asText())
                .toList();
    }

    private static String members(List<String> ids) {
        return String.join(",", ids.stream().map(id -> "{'value':'" + id + "'}").toList());
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

    /** What is done to a group. */
    private interface Request {
        void send(String groupId);
    }
}
