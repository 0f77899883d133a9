package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.json;
import static dev.keyledger.e2e.scim.ScimClient.patch;
import static dev.keyledger.e2e.scim.ScimClient.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SCIM wrote survives whatever else happens to a user: administrators, policies, and a move to another server. */
class RoundTripTest {
    private static final List<String> DERIVED = List.of("id", "meta");
    private static final List<String> TYPED_IN = List.of(
            "{broken",
            "plain",
            "[1]",
            "{}",
            "null",
            "{\"@\":\"x\",\"value\":5}",
            "{\"@\":{},\"type\":[1],\"primary\":\"yes\",\"value\":{}}",
            "{\"@\":0,\"@of\":\"value\",\"@n\":1,\"@text\":\"left over\"}");

    private final SharedServer shared = SharedServer.H2;

    @ParameterizedTest
    @ValueSource(strings = {"", "ADMIN_VIEW", "ADMIN_EDIT", "ENABLED"})
    void everythingSurvivesAnEditInTheAdminConsole(String policy) {
        String realm = shared.freshRealm("round-trip");
        ScimClient scim = ScimClient.connect(shared, realm);
        policy(realm, policy);
        ObjectNode sent = FullUser.named("Edited.User");
        JsonNode created = scim.create("/Users", sent);
        assertThat(ownWords(created)).isEqualTo(sent);

        Http users =
                shared.admin().realm(realm).below("/users/" + created.get("id").asText());
        ObjectNode form =
                (ObjectNode) users.get("?userProfileMetadata=true").expect(200).json();
        users.put("", form.put("lastName", "Married")).expect(204);

        ((ObjectNode) sent.get("name")).put("familyName", "Married");
        assertThat(ownWords(scim.read("/Users/" + created.get("id").asText()))).isEqualTo(sent);
    }

    @Test
    void everythingIsWrittenByAPatchToo() {
        ScimClient scim = ScimClient.connect(shared, shared.freshRealm("round-trip"));
        String path = "/Users/" + scim.createUser("patched.user");
        ObjectNode wanted = FullUser.named("Patched.User");
        ObjectNode values = wanted.deepCopy();
        values.remove("schemas");
        ObjectNode request = patch("{'op':'replace'}");
        ((ObjectNode) request.at("/Operations/0")).set("value", values);

        assertThat(ownWords(scim.http().patch(path, request).expect(200).json()))
                .isEqualTo(wanted);
        assertThat(ownWords(scim.read(path))).isEqualTo(wanted);
    }

    @Test
    void nothingThatAnAdministratorTypesMakesAUserUnreadable() {
        String realm = shared.freshRealm("hand-edited");
        ScimClient scim = ScimClient.connect(shared, realm);
        policy(realm, "ADMIN_EDIT");
        String id = scim.create("/Users", FullUser.named("typed")).get("id").asText();
        Http users = shared.admin().realm(realm).below("/users/" + id);
        ObjectNode form = (ObjectNode) users.get("").expect(200).json();
        for (String name : List.of("emails", "phoneNumbers", "roles", "photos", "addresses")) {
            ArrayNode values = form.withObjectProperty("attributes").putArray(name);
            TYPED_IN.forEach(values::add);
        }
        users.put("", form).expect(204);

        JsonNode read = scim.read("/Users/" + id);
        assertThat(read.get("emails").findValuesAsText("value")).contains("typed@example.com", "plain");
        assertThat(read.get("phoneNumbers").findValuesAsText("value")).contains("plain", "{broken");
        assertThat(scim.search("/Users", "emails.value co \"a\" or roles.value eq \"plain\"")
                        .get("totalResults")
                        .asInt())
                .isEqualTo(1);
        JsonNode replaced = scim.http()
                .put("/Users/" + id, FullUser.named("typed"))
                .expect(200)
                .json();
        assertThat(replaced.get("emails")).isEqualTo(FullUser.named("typed").get("emails"));
    }

    @Test
    void everythingSurvivesAnExportAndAnImport() {
        try (KeycloakServer server = DistLauncher.ofSystemProperties().startAfresh("export")) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm("moving");
            admin.createServiceAccount("moving", "provisioning", "secret", List.of("manage-users"));
            admin.realm("moving").post("/roles", json("{'name':'Auditor'}")).expect(201);
            JsonNode created = scim(admin).create("/Users", FullUser.named("Moved.User"));
            JsonNode other = scim(admin).create("/Users", user("plain.user"));
            server.stop();

            kc(server, "export", "--optimized", "--realm", "moving", "--file", "moving.json");
            delete(server.home().resolve("data/h2"));
            kc(server, "import", "--optimized", "--file", "moving.json");
            server.start();

            for (JsonNode before : List.of(created, other)) {
                String path = "/Users/" + before.get("id").asText();
                assertThat(ownWords(scim(admin).read(path))).isEqualTo(ownWords(before));
            }
        }
    }

    private static ScimClient scim(AdminClient admin) {
        return new ScimClient(
                admin.scim("moving", "provisioning", "secret").with("Content-Type", "application/scim+json"));
    }

    private static void kc(KeycloakServer server, String... words) {
        // it is over before the second compiler pays
        Stream<String> kc = Stream.of("env", "JAVA_OPTS_APPEND=-XX:TieredStopAtLevel=1", "bin/kc.sh");
        Command ended =
                Command.run(server.home(), Stream.concat(kc, Stream.of(words)).toArray(String[]::new));
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private void policy(String realm, String policy) {
        Http admin = shared.admin().realm(realm);
        ObjectNode profile =
                (ObjectNode) admin.get("/users/profile").expect(200).json();
        profile.remove("unmanagedAttributePolicy");
        if (!policy.isEmpty()) {
            profile.put("unmanagedAttributePolicy", policy);
        }
        admin.put("/users/profile", profile).expect(200);
    }

    private static ObjectNode ownWords(JsonNode resource) {
        ObjectNode own = resource.deepCopy();
        return own.remove(DERIVED);
    }
}
