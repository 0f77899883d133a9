package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.group;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that meet at one resource: each is done or refused, none is lost, and none is answered with a fault of ours. */
@ParameterizedClass
@EnumSource(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollisionTest {

    private static final int AT_ONCE = 16;
    /** So many members are not shown in the answer of a PATCH. */
    private static final int LARGE = 101;

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        scim = ScimClient.connect(shared, shared.freshRealm("collision"));
    }

    @Test
    void everyMemberThatIsAddedAtOnceIsIn() {
        List<String> people = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            people.add(scim.createUser("member-" + i));
        }
        String path =
                "/Groups/" + scim.create("/Groups", group("Crowd")).get("id").asText();

        List<Http.Reply> replies = atOnce(i -> scim.http()
                .patch(path, patch("{'op':'add','path':'members','value':[{'value':'" + people.get(i) + "'}]}")));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(scim.read(path).get("members").findValuesAsText("value"))
                .containsExactlyInAnyOrderElementsOf(people);
    }

    @Test
    void theSameMemberAddedAtOnceIsInOnce() {
        String id = scim.createUser("wanted");
        String path =
                "/Groups/" + scim.create("/Groups", group("Wanted")).get("id").asText();

        List<Http.Reply> replies = atOnce(
                i -> scim.http().patch(path, patch("{'op':'add','path':'members','value':[{'value':'" + id + "'}]}")));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(scim.read(path).get("members").findValuesAsText("value")).containsExactly(id);
    }

    @Test
    void theSameMemberRemovedAtOnceIsOut() {
        String id = scim.createUser("unwanted");
        String path = "/Groups/"
                + scim.create("/Groups", group("Unwanted", id)).get("id").asText();

        List<Http.Reply> replies = atOnce(
                i -> scim.http().patch(path, patch("{'op':'remove','path':'members[value eq \"" + id + "\"]'}")));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(scim.read(path).has("members")).isFalse();
    }

    /** A large group's time is written last: whoever comes after the deletion must not be told that it was done. */
    @Test
    void whoJoinsALargeGroupThatIsBeingDeletedJoinsOrFindsNothing() {
        List<String> people = new ArrayList<>();
        for (int i = 0; i < LARGE + AT_ONCE; i++) {
            people.add(scim.createUser("crowd-" + i));
        }
        String path = "/Groups/"
                + scim.create(
                                "/Groups",
                                group("Short-lived", people.subList(0, LARGE).toArray(String[]::new)))
                        .get("id")
                        .asText();

        List<Http.Reply> replies = atOnce(i -> i == AT_ONCE / 2
                ? scim.http().delete(path)
                : scim.http()
                        .patch(
                                path,
                                patch("{'op':'add','path':'members','value':[{'value':'" + people.get(LARGE + i)
                                        + "'}]}")));

        assertThat(statuses(replies)).isSubsetOf(204, 404).contains(204);
        scim.http().get(path).expect(404);
        assertThat(scim.read("/Users/" + people.get(LARGE)).has("groups")).isFalse();
    }

    @Test
    void everyPatchOfOneUserIsThere() {
        String path = "/Users/" + scim.createUser("patched");

        List<Http.Reply> replies = atOnce(i -> scim.http()
                .patch(
                        path,
                        patch("{'op':'add','path':'phoneNumbers','value':[{'value':'+49 30 " + i
                                + "','type':'work'}]}")));

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
        assertThat(scim.read(path).get("phoneNumbers")).hasSize(AT_ONCE);
    }

    @Test
    void ofPutsThatNameOneVersionOneWins() {
        JsonNode before = scim.create("/Users", user("replaced"));
        String path = "/Users/" + before.get("id").asText();
        Http conditional =
                scim.http().with("If-Match", before.at("/meta/version").asText());

        List<Http.Reply> replies =
                atOnce(i -> conditional.put(path, user("replaced").put("title", "Title " + i)));

        assertThat(statuses(replies)).containsOnly(200, 412).containsOnlyOnce(200);
        ObjectNode winner = (ObjectNode) replies.stream()
                .filter(reply -> reply.status() == 200)
                .findFirst()
                .orElseThrow()
                .json();
        assertThat(scim.read(path)).isEqualTo(winner);
    }

    @Test
    void ofUsersOfOneNameOneIsCreated() {
        List<Http.Reply> replies = atOnce(i -> scim.http().post("/Users", user("namesake")));

        assertThat(statuses(replies)).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void aPatchThatMeetsADeletionIsDoneOrFindsNothing() {
        String path = "/Users/" + scim.createUser("leaving");

        List<Http.Reply> replies = atOnce(i -> i == AT_ONCE / 2
                ? scim.http().delete(path)
                : scim.http().patch(path, patch("{'op':'replace','path':'title','value':'Title " + i + "'}")));

        assertThat(statuses(replies)).isSubsetOf(200, 204, 404).containsOnlyOnce(204);
        scim.http().get(path).expect(404);
    }

    @Test
    void groupsThatBecomeMembersOfEachOtherAreATreeAfterwards() {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            groups.add(scim.create("/Groups", group("Tree " + i)).get("id").asText());
        }

        List<Http.Reply> replies = atOnce(i -> {
            String child = groups.get(i / 4);
            String parent = groups.get(child.equals(groups.get(i % 4)) ? (i + 1) % 4 : i % 4);
            return scim.http()
                    .patch(
                            "/Groups/" + parent,
                            patch("{'op':'add','path':'members','value':[{'value':'" + child + "','type':'Group'}]}"));
        });

        assertThat(statuses(replies)).isSubsetOf(200, 400, 503).contains(200);
        long nested = groups.stream()
                .map(id -> scim.read("/Groups/" + id).path("members").size())
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(nested).isBetween(1L, 3L);
    }

    private static List<Integer> statuses(List<Http.Reply> replies) {
        return replies.stream().map(Http.Reply::status).toList();
    }

    private static List<Http.Reply> atOnce(IntFunction<Http.Reply> request) {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Http.Reply>> requests = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                int number = i;
                requests.add(() -> request.apply(number));
            }
            List<Http.Reply> replies = new ArrayList<>();
            for (Future<Http.Reply> reply : clients.invokeAll(requests)) {
                replies.add(reply.get());
            }
            return replies;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            clients.shutdownNow();
        }
    }
}
