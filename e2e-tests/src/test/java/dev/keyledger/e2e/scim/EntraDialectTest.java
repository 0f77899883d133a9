package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static dev.keyledger.e2e.scim.ScimClient.each;
import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The many spellings that Entra ID has for one thing, and that all of them mean it. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EntraDialectTest {

    @Parameter
    SharedServer shared = SharedServer.H2;

    private ScimClient entra = new ScimClient(new Http(""));

    @BeforeParameterizedClassInvocation
    void connect() {
        entra = ScimClient.connect(shared, shared.freshRealm("dialect"));
        entra = new ScimClient(entra.http().with("Content-Type", "application/scim+json; charset=utf-8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'False'",
                "'FALSE'",
                "false",
                "['False']",
                "{'value':'False'}",
                "[{'$ref':null,'value':'False'}]",
                "[{'value':false}]"
            })
    void aPersonIsSwitchedOffInEverySpelling(String off) {
        String path = create(UUID.randomUUID() + "@entra.example");
        for (String operation : List.of(
                "'path':'active','value':" + off, "'path':'Active','value':" + off, "'value':{'active':" + off + "}")) {
            entra.http()
                    .patch(path, patch("{'op':'Replace'," + operation + "}"))
                    .expect(200);
            assertThat(entra.read(path).get("active").booleanValue()).isFalse();
            entra.http()
                    .patch(path, patch("{'op':'Add','path':'active','value':'True'}"))
                    .expect(200);
            assertThat(entra.read(path).get("active").booleanValue()).isTrue();
        }
    }

    @Test
    void aReferenceIsLookedForByItsBareName() {
        String path = create("report@entra.example");
        String boss = id(create("boss@entra.example"));
        entra.http()
                .patch(
                        path,
                        patch("{'op':'Replace','path':'" + ScimClient.ENTERPRISE + ".manager','value':'" + boss + "'}"))
                .expect(200);

        String both = "id eq \"" + id(path) + "\" and manager eq \"" + boss + "\"";
        assertThat(each(entra.search("/Users", both), "id")).containsExactly(id(path));
        assertThat(entra.search("/Users", both.replace(boss, "nobody")).get("Resources"))
                .isEmpty();
    }

    @Test
    void changesSinceTheLastCycleAreReadPageByPage() {
        String since = Instant.now().minusSeconds(5) + "";
        String path = create("delta@entra.example");
        JsonNode page = entra.read("/users?count=100&startindex=0&filter="
                + Http.encode("(ActiVe eq true) and (meta.lastmodified ge \"" + since
                        + "\" and meta.lastModified le \"9999-12-31T23:59:59.9999999Z\")"));
        assertThat(each(page, "id")).contains(id(path));
        String ever = "meta.lastModified ge \"0001-01-03T00:00:00.0000000Z\" and meta.created lt \"" + since + "\"";
        assertThat(each(entra.search("/Users", ever), "id")).doesNotContain(id(path));
    }

    @Test
    void anAttributeToShowMayComeWithAFilter() {
        String path = create("shown@entra.example");
        JsonNode shown = entra.read(path + "?attributes=" + Http.encode("emails[type eq \"work\"],displayName"));
        assertThat(shown.at("/emails/0/value").asText()).isEqualTo("shown@entra.example");
        assertThat(shown.has("userName")).isFalse();
    }

    @Test
    void theManagerComesInEveryFormAndGoes() {
        String path = create("managed@entra.example");
        String manager = "'path':'" + ScimClient.ENTERPRISE + ":manager";
        for (String operation : List.of(
                "{'op':'Add'," + manager + "','value':'m-1'}",
                "{'op':'Replace'," + manager + "','value':'m-2'}",
                "{'op':'Add'," + manager + "','value':{'value':'m-3'}}",
                "{'op':'Replace'," + manager + ".value','value':'m-4'}",
                "{'op':'Add'," + manager + "','value':[{'$ref':'http://x/Users/m-5','value':'m-5'}]}",
                "{'op':'Add','path':'" + ScimClient.ENTERPRISE + "','value':{'manager':'m-6'}}")) {
            String wanted = operation.replaceAll(".*(m-\\d).*", "$1");
            JsonNode patched =
                    entra.http().patch(path, patch(operation)).expect(200).json();
            assertThat(patched.get(ScimClient.ENTERPRISE).at("/manager/value").asText())
                    .as(operation)
                    .isEqualTo(wanted);
        }
        for (String gone : List.of(
                "{'op':'Remove'," + manager + "'}",
                "{'op':'Replace'," + manager + "','value':''}",
                "{'op':'Replace'," + manager + "','value':null}",
                "{'op':'Replace'," + manager + ".value','value':''}")) {
            entra.http()
                    .patch(path, patch("{'op':'Add'," + manager + "','value':'m-7'}"))
                    .expect(200);
            entra.http().patch(path, patch(gone)).expect(200);
            assertThat(entra.read(path).has(ScimClient.ENTERPRISE)).as(gone).isFalse();
        }
    }

    @Test
    void severalPartsOfOneAbsentValueMakeOneValue() {
        String path = create("address@entra.example");
        JsonNode patched = entra.http()
                .patch(
                        path,
                        patch(
                                "{'op':'Add','path':'addresses[type eq \"other\"].streetAddress','value':'1 Way'}",
                                "{'op':'Add','path':'addresses[type eq \"other\"].locality','value':'Here'}",
                                "{'op':'Add','path':'addresses[type eq \"other\"].country','value':'DE'}",
                                "{'op':'Add','path':'emails[type eq \"other\"].value','value':'other@entra.example'}",
                                "{'op':'Add','path':'roles[primary eq \"True\"].value','value':'Role.Admin'}",
                                "{'op':'Add','path':'roles[primary eq \"True\"].display','value':'Admin'}"))
                .expect(200)
                .json();

        assertThat(patched.get("addresses"))
                .hasSize(2)
                .contains(json("{'streetAddress':'1 Way','locality':'Here','country':'DE','type':'other'}"));
        assertThat(patched.get("emails")).hasSize(2).contains(json("{'value':'other@entra.example','type':'other'}"));
        assertThat(patched.get("roles"))
                .containsExactly(json("{'value':'Role.Admin','display':'Admin','primary':true}"));
    }

    @Test
    void pathsAreKeysOfAValueWithoutAPath() {
        String path = create("keys@entra.example");
        ObjectNode change = patch("{'op':'Replace','value':{'displayName':'Keys','name.familyName':'Dotted',"
                + "'active':'False','emails[type eq \"work\"].value':'keyed@entra.example',"
                + "'ENT:department':'Keyed','ENT:manager':'boss-2','ENT:employeeNumber':4711}}"
                        .replace("ENT", ScimClient.ENTERPRISE));
        JsonNode patched = entra.http().patch(path, change).expect(200).json();

        assertThat(patched.at("/name/familyName").asText()).isEqualTo("Dotted");
        assertThat(patched.get("active").booleanValue()).isFalse();
        assertThat(patched.at("/emails/0/value").asText()).isEqualTo("keyed@entra.example");
        JsonNode enterprise = patched.get(ScimClient.ENTERPRISE);
        assertThat(enterprise.get("department").asText()).isEqualTo("Keyed");
        assertThat(enterprise.at("/manager/value").asText()).isEqualTo("boss-2");
        assertThat(enterprise.get("employeeNumber").asText()).isEqualTo("4711");
    }

    @Test
    void aReplaceOfAnAddressThatIsNotThereIsRefusedAndAnAddIsNot() {
        String path = create("absent@entra.example");
        String home = "'path':'emails[type eq \"home\"].value','value':'home@entra.example'}";

        assertError(entra.http().patch(path, patch("{'op':'Replace'," + home)), 400, "noTarget");
        assertThat(entra.http()
                        .patch(path, patch("{'op':'Add'," + home))
                        .expect(200)
                        .json()
                        .get("emails"))
                .hasSize(2);
    }

    private String create(String login) {
        return "/Users/"
                + entra.create("/Users", EntraWalkTest.person(login)).get("id").asText();
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
