package dev.keyledger.e2e.scim;

import static dev.keyledger.e2e.scim.ScimClient.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service provider describes itself as RFC 7643 sections 5 to 7 have it, and what it says of itself is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryTest {

    private String realm = "";
    private ScimClient scim = new ScimClient(new Http(""));

    @BeforeAll
    void connect() {
        realm = SharedServer.H2.freshRealm("discovery");
        scim = ScimClient.connect(SharedServer.H2, realm);
    }

    @Test
    void theServiceProviderSaysWhatItCan() {
        JsonNode config = scim.read("/ServiceProviderConfig");
        assertThat(config.at("/schemas/0").asText())
                .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig");
        for (String feature : List.of("patch", "bulk", "filter", "changePassword", "sort", "etag")) {
            assertThat(config.path(feature).path("supported").isBoolean())
                    .as(feature)
                    .isTrue();
        }
        assertThat(config.at("/bulk/maxOperations").isInt()).isTrue();
        assertThat(config.at("/bulk/maxPayloadSize").isInt()).isTrue();
        assertThat(config.at("/filter/maxResults").asInt()).isPositive();
        assertThat(config.at("/pagination/cursor").asBoolean()).isTrue();
        assertThat(config.at("/pagination/index").asBoolean()).isTrue();
        assertThat(config.at("/pagination/defaultPaginationMethod").asText()).isEqualTo("index");
        for (JsonNode scheme : config.get("authenticationSchemes")) {
            assertThat(List.of("type", "name", "description")).allMatch(scheme::hasNonNull);
        }
        assertThat(config.at("/meta/resourceType").asText()).isEqualTo("ServiceProviderConfig");
        assertThat(config.at("/meta/location").asText()).isEqualTo(scim.http().base() + "/ServiceProviderConfig");
    }

    @Test
    void everyResourceTypeAndSchemaIsThereAloneToo() {
        for (JsonNode type : scim.read("/ResourceTypes").get("Resources")) {
            assertThat(type.get("id")).isEqualTo(type.get("name"));
            assertThat(scim.read("/ResourceTypes/" + type.get("id").asText())).isEqualTo(type);
            assertThat(type.at("/meta/location").asText())
                    .isEqualTo(scim.http().base() + "/ResourceTypes/"
                            + type.get("id").asText());
            List<String> urns = new ArrayList<>(List.of(type.get("schema").asText()));
            type.path("schemaExtensions")
                    .forEach(extension -> urns.add(extension.get("schema").asText()));
            for (String urn : urns) {
                assertThat(scim.read("/Schemas/" + urn).get("id").asText()).isEqualTo(urn);
            }
            scim.read(type.get("endpoint").asText() + "?count=0");
        }
        JsonNode schemas = scim.read("/Schemas");
        assertThat(schemas.get("totalResults").asInt())
                .isEqualTo(schemas.get("Resources").size());
        for (JsonNode schema : schemas.get("Resources")) {
            assertThat(scim.read("/Schemas/" + schema.get("id").asText())).isEqualTo(schema);
            assertCharacteristics(schema.get("attributes"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes/User", "/Schemas/" + ScimClient.USER})
    void whatADiscoveryDocumentHasIsInItsSchemaToo(String where) {
        JsonNode document = scim.read(where);
        JsonNode schema = scim.read("/Schemas/" + document.at("/schemas/0").asText());
        List<String> described = schema.get("attributes").findValuesAsText("name");

        document.fieldNames().forEachRemaining(name -> {
            if (!List.of("schemas", "id", "meta").contains(name)) {
                assertThat(described).contains(name);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "userName, type, string",
        "userName, required, true",
        "userName, caseExact, false",
        "userName, uniqueness, server",
        "password, mutability, writeOnly",
        "password, returned, never",
        "groups, mutability, readOnly",
        "active, type, boolean",
        "active, required, false",
        "emails, multiValued, true",
        "profileUrl, type, reference",
        "name, type, complex"
    })
    void theUserSchemaIsThatOfTheRfc(String name, String characteristic, String value) {
        JsonNode attributes = scim.read("/Schemas/" + ScimClient.USER).get("attributes");
        List<String> found = new ArrayList<>();
        for (JsonNode attribute : attributes) {
            if (attribute.get("name").asText().equals(name)) {
                found.add(attribute.get(characteristic).asText());
            }
        }
        assertThat(found).containsExactly(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"})
    void discoveryIsReadAndNothingElse(String where) {
        assertError(scim.http().get(where + "?filter=" + Http.encode("name pr")), 403, "");
        scim.read(where + "?count=1&startIndex=2&sortBy=name&attributes=name");
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            Http.Reply refused =
                    scim.http().send(method, where, method.equals("DELETE") ? new byte[0] : new byte[] {'{', '}'});
            assertError(refused, 405, "");
            assertThat(refused.header("Allow")).hasValue("GET");
        }
    }

    private static void assertCharacteristics(JsonNode attributes) {
        for (JsonNode attribute : attributes) {
            String name = attribute.get("name").asText();
            assertThat(List.of(
                            "type",
                            "multiValued",
                            "description",
                            "required",
                            "caseExact",
                            "mutability",
                            "returned",
                            "uniqueness"))
                    .as(name)
                    .allMatch(attribute::hasNonNull);
            assertThat(attribute.get("type").asText())
                    .isIn("string", "boolean", "decimal", "integer", "dateTime", "binary", "reference", "complex");
            assertThat(attribute.get("mutability").asText()).isIn("readOnly", "readWrite", "immutable", "writeOnly");
            assertThat(attribute.get("returned").asText()).isIn("always", "never", "default", "request");
            assertThat(attribute.get("uniqueness").asText()).isIn("none", "server", "global");
            assertThat(attribute.has("referenceTypes"))
                    .as(name)
                    .isEqualTo(attribute.get("type").asText().equals("reference"));
            assertThat(attribute.has("subAttributes"))
                    .as(name)
                    .isEqualTo(attribute.get("type").asText().equals("complex"));
            assertCharacteristics(attribute.path("subAttributes"));
        }
    }
}
