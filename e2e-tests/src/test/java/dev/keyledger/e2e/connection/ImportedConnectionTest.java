package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that come with the import of a realm, and that nobody has looked at as the API does. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedConnectionTest {
    private static final String KIND = "dev.keyledger.scim.keycloak.contract.ConnectionProvider";

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Http.Reply load(String realm, String settings) {
        ObjectNode all = json("{'realm':'" + realm + "','enabled':true,'clients':[{'clientId':'scim-hr','enabled':true,"
                + "'serviceAccountsEnabled':true,'secret':'s','standardFlowEnabled':false}]}");
        all.putObject("components")
                .putArray(KIND)
                .addObject()
                .put("name", "hr")
                .put("providerId", "scim")
                .putObject("config")
                .putArray("settings")
                .add(settings);
        return shared.admin().http().post("/admin/realms", all);
    }

    @Test
    void oneThatWouldWriteOverSomethingIsRefusedUntilItIsChanged() {
        String realm = "imported-mapping-" + shared.name().toLowerCase(Locale.ROOT);
        load(realm, "{\"attributes\":{\"title\":\"email\"}}").expect(201);
        Connections connections = new Connections(shared, realm);
        connections
                .admin()
                .grant(
                        realm,
                        connections
                                .admin()
                                .realm(realm)
                                .get("/clients/"
                                        + connections
                                                .client("scim-hr")
                                                .get("id")
                                                .asText() + "/service-account-user")
                                .json()
                                .get("id")
                                .asText(),
                        List.of("manage-users", "view-users", "query-groups"));
        Http scim = connections
                .anonymous()
                .bearer(connections.issue("hr", "{'name':'t'}").get("token").asText());

        for (Http.Reply refused :
                List.of(scim.get("/Users"), scim.post("/Users", user("imported").put("title", "x@example.com")))) {
            assertThat(refused.expect(403).json().get("detail").asText()).contains("title", "email");
        }
        connections
                .api()
                .get("/hr/users/" + "00000000-0000-0000-0000-000000000000")
                .expect(403);
        JsonNode entry = connections.log().awaitEntry("kind=scim&outcome=failure&operation=CREATE&connection=hr");
        assertThat(entry.get("slots").toString()).contains("title");

        connections.put("hr", "{'attributes':{'title':'jobTitle'}}");
        String id = scim.post("/Users", user("imported").put("title", "Boss"))
                .expect(201)
                .json()
                .get("id")
                .asText();
        assertThat(scim.get("/Users/" + id).json().get("title").asText()).isEqualTo("Boss");
    }

    @Test
    void oneThatMakesNoSenseIsNotImported() {
        for (String settings : List.of("{", "{\"atributes\":{}}", "{\"attributes\":{\"userName\":\"login\"}}")) {
            Http.Reply refused = load("not-imported", settings);
            assertThat(refused.expect(400).text()).contains("connection hr: ");
        }
        shared.admin().realm("not-imported").get("").expect(404);
    }
}
