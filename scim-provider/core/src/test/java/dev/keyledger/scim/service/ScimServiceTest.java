package dev.keyledger.scim.service;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.patch.MembershipDelta.Selected;
import dev.keyledger.scim.patch.PatchRequest;
import dev.keyledger.scim.resource.Meta;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.validate.ResourceValidator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScimServiceTest {
    private final MemoryStore users = new MemoryStore("User");
    private final MemoryStore groups = new MemoryStore("Group");
    private final Cursors cursors = new Cursors(new byte[32], () -> Instant.EPOCH);
    private final ScimService userService =
            new ScimService(CoreSchemas.USER_TYPE, users, "https://host/scim/v2", 100, () -> cursors);
    private final ScimService groupService =
            new ScimService(CoreSchemas.GROUP_TYPE, groups, "https://host/scim/v2", 100, () -> cursors);

    @Test
    void createsAndNeverShowsThePassword() {
        Outcome outcome =
                userService.create(user("'userName':'a','PASSWORD':'secret','active':'True'"), RequestOptions.none());

        assertThat(outcome.status()).isEqualTo(201);
        assertThat(outcome.location()).isEqualTo("https://host/scim/v2/Users/1");
        assertThat(outcome.body()).isNotNull();
        assertThat(String.valueOf(outcome.body())).contains("\"active\":true").doesNotContain("secret");
        assertThat(outcome.change().toJson().toString())
                .contains("\"password\":\"(changed)\"")
                .doesNotContain("secret");
    }

    @Test
    void refusesAUserWithoutAName() {
        assertStatus(400, () -> userService.create(user("'title':'x'"), RequestOptions.none()));
        assertStatus(400, () -> userService.create(user("'userName':' '"), RequestOptions.none()));
        assertStatus(400, () -> userService.create(json("{'userName':'x'}"), RequestOptions.none()));
    }

    @Test
    void saysWhatAPatchChanged() {
        userService.create(user("'userName':'a','active':true,'name':{'givenName':'A'}"), RequestOptions.none());

        Outcome outcome = userService.patch(
                "1",
                patch(
                        "{'op':'Replace','path':'active','value':'False'},{'op':'add','path':'name.familyName','value':'B'}"),
                RequestOptions.none());

        assertThat(outcome.change().toJson())
                .isEqualTo(json("{'before':{'active':true},'after':{'active':false,'name.familyName':'B'}}"));
    }

    @Test
    void leavesTheStoreAloneWhenNothingChanges() {
        userService.create(user("'userName':'a','active':true"), RequestOptions.none());

        Outcome outcome =
                userService.patch("1", patch("{'op':'replace','value':{'active':true}}"), RequestOptions.none());

        assertThat(outcome.hasEffect()).isFalse();
        assertThat(users.updates).isEmpty();
    }

    @Test
    void answers412ToAStaleVersionAnd304ToAKnownOne() {
        Outcome created = userService.create(user("'userName':'a'"), RequestOptions.none());
        String version = String.valueOf(created.version());

        assertThat(userService
                        .get("1", new RequestOptions(List.of(), List.of(), null, version))
                        .status())
                .isEqualTo(304);
        assertStatus(412, () -> userService.delete("1", new RequestOptions(List.of(), List.of(), "W/\"x\"", null)));
        assertThat(userService
                        .delete("1", new RequestOptions(List.of(), List.of(), version, null))
                        .status())
                .isEqualTo(204);
        assertStatus(404, () -> userService.get("1", RequestOptions.none()));
    }

    @Test
    void replacesWithoutTouchingTheId() {
        userService.create(user("'userName':'a','title':'T'"), RequestOptions.none());

        Outcome outcome = userService.replace("1", user("'id':'7','userName':'b'"), RequestOptions.none());

        assertThat(outcome.resource().id()).contains("1");
        assertThat(outcome.change().toJson())
                .isEqualTo(json("{'before':{'title':'T','userName':'a'},'after':{'userName':'b'}}"));
    }

    @Test
    void takesAUserForActiveUntilToldOtherwiseAndKeepsWhatWasSaid() {
        userService.create(user("'userName':'a'"), RequestOptions.none());
        assertThat(users.resources)
                .extractingByKey("1")
                .satisfies(user -> assertThat(user.get("active")).isEqualTo(BooleanNode.TRUE));

        userService.patch("1", patch("{'op':'replace','path':'active','value':false}"), RequestOptions.none());
        userService.replace("1", user("'userName':'b'"), RequestOptions.none());

        assertThat(users.resources)
                .extractingByKey("1")
                .satisfies(user -> assertThat(user.get("active")).isEqualTo(BooleanNode.FALSE));
    }

    @Test
    void takesNumbersBeyondAnIntForTheLargest() {
        userService.create(user("'userName':'a'"), RequestOptions.none());
        Map<String, String> query = Map.of("count", "99999999999", "startIndex", "-99999999999");

        ObjectNode page = userService.search(SearchRequest.of(query::get)).toJson();

        assertThat(page.path("Resources")).hasSize(1);
        assertThat(page.path("startIndex").intValue()).isEqualTo(1);
        assertStatus(400, () -> SearchRequest.of(Map.of("count", "1e3")::get));
    }

    @Test
    void takesABlankParameterForNoneAndAnObjectForNoNumber() {
        SearchRequest request = SearchRequest.of(Map.of("count", "", "startIndex", " ", "sortOrder", "")::get);

        assertThat(request.count()).isNull();
        assertThat(request.descending()).isFalse();
        for (String odd : List.of("{}", "[]", "[1]", "true", "1.5")) {
            ObjectNode body = json("{'schemas':['" + SearchRequest.URN + "'],'count':" + odd + "}");
            assertStatus(400, () -> SearchRequest.parse(body));
        }
    }

    @Test
    void keepsAThousandValuesOfAnAttributeAndAnyNumberOfMembers() {
        String thousand = IntStream.range(0, ResourceValidator.MAX_VALUES)
                .mapToObj(i -> "{'value':'v" + i + "'}")
                .collect(Collectors.joining(","));
        String more = thousand + ",{'value':'x'}";

        userService.create(user("'userName':'a','roles':[" + thousand + "]"), RequestOptions.none());
        assertStatus(400, () -> userService.create(user("'userName':'b','ims':[" + more + "]"), RequestOptions.none()));
        assertStatus(
                400,
                () -> userService.replace("1", user("'userName':'a','ims':[" + more + "]"), RequestOptions.none()));
        assertStatus(
                400,
                () -> userService.patch(
                        "1", patch("{'op':'add','path':'roles','value':[{'value':'x'}]}"), RequestOptions.none()));
        assertThat(groupService
                        .create(group("'displayName':'g','members':[" + more + "]"), RequestOptions.none())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void findsCoreAttributesUnderTheUrnOfTheirSchemaToo() {
        String urn = CoreSchemas.USER_URN;
        userService.create(user("'" + urn + "':{'userName':'a','title':'T'}"), RequestOptions.none());
        userService.replace(
                "1", user("'" + urn.toUpperCase(ROOT) + "':{'userName':'b'},'title':'U'"), RequestOptions.none());
        userService.patch("1", patch("{'op':'add','value':{'" + urn + "':{'nickName':'N'}}}"), RequestOptions.none());

        assertThat(users.resources).extractingByKey("1").satisfies(user -> {
            assertThat(user.text("userName")).isEqualTo("b");
            assertThat(user.text("title")).isEqualTo("U");
            assertThat(user.text("nickName")).isEqualTo("N");
            assertThat(user.get(urn)).isNull();
        });
        assertStatus(
                400,
                () -> userService.create(user("'userName':'c','" + urn + "':{'userName':'d'}"), RequestOptions.none()));
    }

    @Test
    void refusesATextForAListAndANumberForAName() {
        assertStatus(
                400, () -> userService.create(user("'userName':'a','emails':'a@b.example'"), RequestOptions.none()));
        assertStatus(400, () -> userService.create(user("'userName':5"), RequestOptions.none()));
        userService.create(user("'userName':'a','externalId':4711,'emails':''"), RequestOptions.none());
        assertThat(users.resources)
                .extractingByKey("1")
                .satisfies(user -> assertThat(user.text("externalId")).isEqualTo("4711"));
    }

    @Test
    void answersAPatchWithAllOfASmallGroup() {
        groupService.create(group("'displayName':'g','members':[{'value':'a'}]"), RequestOptions.none());

        Outcome outcome = groupService.patch(
                "1", patch("{'op':'replace','path':'displayName','value':'h'}"), RequestOptions.none());

        assertThat(outcome.status()).isEqualTo(200);
        assertThat(String.valueOf(outcome.body())).contains("\"displayName\":\"h\"", "\"meta\":");
        assertThat(groups.memberLoads).isOne();
    }

    @Test
    void turnsMembershipOperationsIntoADeltaWithoutLoadingMembers() {
        groups.large = true;
        groupService.create(group("'displayName':'g','members':[{'value':'a'}]"), RequestOptions.none());

        Outcome outcome = groupService.patch(
                "1",
                patch("{'op':'Add','path':'members','value':[{'value':'b'},{'value':'c'}]},"
                        + "{'op':'Remove','path':'members','value':[{'value':'c'},{'value':'a'}]},"
                        + "{'op':'remove','path':'members[value eq \\\"d\\\"]'},"
                        + "{'op':'replace','value':{'id':'1','displayName':'h'}}"),
                RequestOptions.none());

        assertThat(outcome.status()).isEqualTo(204);
        assertThat(groups.memberLoads).isZero();
        ResourceStore.Update update = groups.updates.get(0);
        MembershipDelta delta = Objects.requireNonNull(update.members());
        assertThat(delta.replacesAll()).isFalse();
        assertThat(delta.added()).containsOnlyKeys("b");
        assertThat(delta.removed()).containsExactly(Selected.of("c"), Selected.of("a"), Selected.of("d"));
        assertThat(update.change().after()).containsOnlyKeys("displayName");
    }

    @Test
    void changesMembersAloneWithoutReadingALargeGroup() {
        groups.large = true;
        groupService.create(group("'displayName':'g','members':[{'value':'a'}]"), RequestOptions.none());

        Outcome outcome = groupService.patch(
                "1", patch("{'op':'add','path':'members','value':[{'value':'b'}]}"), RequestOptions.none());

        assertThat(outcome.status()).isEqualTo(204);
        assertThat(outcome.version()).isNull();
        assertThat(outcome.hasEffect()).isTrue();
        assertThat(groups.finds).isZero();
        assertThat(groups.deltas).hasSize(1);
        assertThat(groups.deltas.get(0).added()).containsOnlyKeys("b");
    }

    @Test
    void readsTheGroupOfAConditionBeforeItsMembersChange() {
        groupService.create(group("'displayName':'g'"), RequestOptions.none());
        ObjectNode add = patch("{'op':'add','path':'members','value':[{'value':'b'}]}");

        assertStatus(
                412, () -> groupService.patch("1", add, new RequestOptions(List.of(), List.of(), "W/\"other\"", null)));
        assertThat(groups.updates).isEmpty();
        assertThat(groups.deltas).isEmpty();
    }

    @Test
    void listsPagesWithFilterAndProjection() {
        for (String name : List.of("a", "b", "c")) {
            userService.create(user("'userName':'" + name + "','title':'T'"), RequestOptions.none());
        }
        Map<String, String> query =
                Map.of("filter", "userName gt \"a\"", "count", "1", "startIndex", "-3", "attributes", "userName");

        ObjectNode page = userService.search(SearchRequest.of(query::get)).toJson();

        assertThat(page.path("totalResults").intValue()).isEqualTo(2);
        assertThat(page.path("startIndex").intValue()).isEqualTo(1);
        assertThat(page.path("Resources")).hasSize(1);
        assertThat(page.at("/Resources/0/title").isMissingNode()).isTrue();
        assertThat(page.at("/Resources/0/id").textValue()).isEqualTo("2");
    }

    private static void assertStatus(int status, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.status()).isEqualTo(status));
    }

    private static ObjectNode user(String members) {
        return json("{'schemas':['" + CoreSchemas.USER_URN + "']," + members + '}');
    }

    private static ObjectNode group(String members) {
        return json("{'schemas':['" + CoreSchemas.GROUP_URN + "']," + members + '}');
    }

    private static ObjectNode patch(String operations) {
        return json("{'schemas':['" + PatchRequest.URN + "'],'Operations':[" + operations + "]}");
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonMapper.builder().build().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static final class MemoryStore implements ResourceStore {
        private final Map<String, Resource> resources = new LinkedHashMap<>();
        private final List<Update> updates = new ArrayList<>();
        private final String typeName;
        private int memberLoads;
        private final List<MembershipDelta> deltas = new ArrayList<>();
        private int finds;
        private boolean large;

        MemoryStore(String typeName) {
            this.typeName = typeName;
        }

        @Override
        public Resource create(Resource resource) {
            String id = Integer.toString(resources.size() + 1);
            ObjectNode content = resource.without("password").toJson().put("id", id);
            content.set("meta", Meta.of(typeName, Instant.EPOCH, Instant.EPOCH).toJson());
            resources.put(id, Resource.of(content));
            return Resource.copyOf(content);
        }

        @Override
        public Optional<Resource> find(String id, Lookup lookup) {
            finds++;
            boolean members = lookup.projection().includes("members");
            memberLoads += members ? 1 : 0;
            return Optional.ofNullable(resources.get(id)).map(found -> members ? found : found.without("members"));
        }

        @Override
        public SearchResult search(Query query) {
            List<Resource> all = resources.values().stream()
                    .filter(resource -> query.filter() == null || query.filter().matches(resource))
                    .toList();
            return new SearchResult(
                    all.stream()
                            .skip(query.startIndex() - 1L)
                            .limit(query.count())
                            .toList(),
                    all.size());
        }

        @Override
        public Resource update(Update update) {
            updates.add(update);
            resources.put(update.id(), update.after().without("password"));
            return update.after().without("password");
        }

        @Override
        public Resource updateMembers(String id, MembershipDelta delta) {
            deltas.add(delta);
            return Objects.requireNonNull(resources.get(id)).without("meta");
        }

        @Override
        public boolean isLarge(String id, int more) {
            return large;
        }

        @Override
        public void delete(Resource resource) {
            resources.remove(resource.id().orElseThrow());
        }
    }
}
