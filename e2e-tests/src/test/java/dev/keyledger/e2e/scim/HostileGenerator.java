package dev.keyledger.e2e.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Requests that are nearly right: SCIM's own words, any of them in any place, now and then with a byte that is wrong. */
final class HostileGenerator {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of(
            "userName",
            "USERNAME",
            "name",
            "name.givenName",
            "displayName",
            "active",
            "emails",
            "emails.value",
            "phoneNumbers",
            "addresses",
            "addresses.locality",
            "roles",
            "groups",
            "members",
            "members.value",
            "id",
            "externalId",
            "meta",
            "meta.created",
            "meta.lastModified",
            "meta.version",
            "schemas",
            "password",
            "x509Certificates",
            "profileUrl",
            "value",
            "type",
            "primary",
            "$ref",
            "noSuch",
            "title",
            ScimClient.ENTERPRISE,
            ScimClient.ENTERPRISE + ":manager",
            ScimClient.ENTERPRISE + ":department",
            ScimClient.USER + ":title",
            "urn:nobody:knows");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "work",
            "True",
            "False",
            "null",
            "a@example.com",
            "' or 1=1 --",
            "%",
            "_",
            "\\",
            "\"",
            "\u0130",
            "e\u0301",
            "\uD83D\uDE00",
            "\u0001",
            "\ufeff",
            "2011-05-13T04:42:34Z",
            "9999-12-31T23:59:59Z",
            "-1",
            "1e400",
            "aGVsbG8=",
            "http://x/y",
            "${x}",
            "<b>",
            "long ".repeat(70));
    private static final List<String> OPERATORS =
            List.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr", "EQ", "is");

    private final Random random;

    HostileGenerator(Random random) {
        this.random = random;
    }

    /** One HTTP request. */
    record Request(String method, String path, String header, String value, String body) {

        Http.Reply sendBy(Http http) {
            Http client = header.isEmpty() ? http : http.with(header, value);
            return client.send(method, path, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The next request, often to {@code witness}. */
    Request next(String witness) {
        String query = random.nextInt(3) == 0 ? "?" + query() : "";
        String header =
                random.nextInt(5) == 0 ? of("If-Match", "If-None-Match", "Accept", "X-HTTP-Method-Override") : "";
        String value = of("*", "\"x\"", "W/\"", "junk", "DELETE", ",,,", "application/json");
        String list = of(
                "/Users",
                "/Groups",
                "/Users/.search",
                "/.search",
                "/Me",
                "/Schemas",
                "/ServiceProviderConfig",
                "/NoSuch");
        return switch (random.nextInt(7)) {
            case 0 -> new Request("GET", of(witness, list) + query, header, value, "");
            case 1 -> new Request("POST", of("/Users/.search", "/.search") + query, header, value, spoiled(search()));
            case 2 -> new Request("POST", of("/Users", "/Groups") + query, header, value, spoiled(resource()));
            case 3 -> new Request("PUT", of(witness, witness, list) + query, header, value, spoiled(resource()));
            case 4 ->
                new Request("PATCH", of(witness, witness, witness, list) + query, header, value, spoiled(patch()));
            case 5 -> new Request("POST", "/Bulk", header, value, spoiled(bulk(witness)));
            default -> new Request(of("GET", "DELETE"), of("/Users?", "/Groups?") + query(), "", "", "");
        };
    }

    private String query() {
        String name = of(
                "filter",
                "filter",
                "attributes",
                "excludedAttributes",
                "sortBy",
                "sortOrder",
                "count",
                "startIndex",
                "cursor");
        String value = name.equals("filter") ? filter() : of(text(), name(), "7", "descending");
        return name + '=' + Http.encode(value.replaceAll("\\p{Cntrl}", ""));
    }

    private JsonNode search() {
        ObjectNode body = ScimClient.json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:SearchRequest']}");
        body.put("filter", filter());
        body.set(of("attributes", "sortBy", "count", "startIndex", "sortOrder", "excludedAttributes"), value(2));
        return body;
    }

    private JsonNode resource() {
        ObjectNode body =
                ScimClient.json("{'schemas':['" + of(ScimClient.USER, ScimClient.USER, ScimClient.GROUP) + "']}");
        body.put("userName", "fuzz-" + random.nextInt(20)).put("displayName", "Fuzz " + random.nextInt(20));
        for (int i = random.nextInt(4); i > 0; i--) {
            body.set(name(), value(3));
        }
        return body;
    }

    private JsonNode bulk(String witness) {
        ObjectNode body = ScimClient.json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkRequest']}");
        body.set(of("failOnErrors", "noSuch"), value(1));
        ArrayNode operations = body.putArray("Operations");
        for (int i = random.nextInt(4); i >= 0; i--) {
            String method = of("POST", "PUT", "PATCH", "DELETE", "GET");
            operations
                    .addObject()
                    .put("method", method)
                    .put("bulkId", of("a", "b", "", "a:b"))
                    .put(
                            "path",
                            of(witness, "/Users", "/Groups", "/Users/bulkId:a", "/Groups/bulkId:b", "Users", "/Bulk"))
                    .set("data", method.equals("PATCH") ? patch() : random.nextInt(4) == 0 ? value(2) : resource());
        }
        return body;
    }

    private JsonNode patch() {
        ObjectNode body = ScimClient.patch();
        ArrayNode operations = body.putArray("Operations");
        for (int i = random.nextInt(4); i >= 0; i--) {
            ObjectNode operation = operations.addObject().put("op", of("add", "Replace", "remove", "replace", "move"));
            if (random.nextInt(5) > 0) {
                operation.put(
                        "path",
                        random.nextInt(3) > 0 ? name() : name() + '[' + filter() + of("]", "].value", "].", ""));
            }
            if (random.nextInt(6) > 0) {
                operation.set("value", value(3));
            }
        }
        return body;
    }

    private String filter() {
        StringBuilder filter = new StringBuilder(clause());
        for (int i = random.nextInt(3); i > 0; i--) {
            filter.append(of(" and ", " or ", " and not (", " ", ") or (")).append(clause());
        }
        return filter.append(of("", "", "", ")", " and")).toString();
    }

    private String clause() {
        String name = name();
        String inner = random.nextInt(6) == 0 ? name + '[' + of("type", "value", "noSuch") + " eq \"work\"]" : name;
        String operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        String literal = random.nextInt(4) == 0
                ? of("true", "7", "null", "1.5e3", "x")
                : NODES.textNode(text()).toString();
        return inner + ' ' + operator + (operator.equals("pr") ? "" : ' ' + literal);
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> NODES.booleanNode(random.nextBoolean());
            case 1 -> NODES.numberNode(random.nextInt(10) - 1);
            case 2 -> NODES.nullNode();
            case 3, 4 -> NODES.textNode(text());
            case 5 -> NODES.textNode(name());
            case 6 -> NODES.arrayNode().add(value(depth - 1)).add(value(depth - 1));
            default -> {
                ObjectNode object = NODES.objectNode();
                object.set(name(), value(depth - 1));
                object.set(of("value", "type", "primary", "givenName"), value(depth - 1));
                yield object;
            }
        };
    }

    private String spoiled(JsonNode body) {
        String text = body.toString();
        if (random.nextInt(10) > 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + of("", "\"", "{", "\\", "\u0000", ",", "\\ud800") + text.substring(at + 1);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String name() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
