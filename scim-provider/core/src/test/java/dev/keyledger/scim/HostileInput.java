package dev.keyledger.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.patch.PatchRequest;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Inputs for {@link HostileInputTest}: mostly words that SCIM knows, in places where it does not want them. */
abstract class HostileInput {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> ODD = List.of(
            "",
            " ",
            "\\",
            "\"",
            "'",
            "\u0000",
            "\ud800",
            "%",
            "_",
            "İ",
            "ß",
            "e\u0301",
            "\ufeff",
            "' or 1=1 --",
            "${x}",
            "9".repeat(30),
            "1e400",
            "-1",
            "2020-02-30T00:00:00Z",
            "0001-01-03T00:00:00.0000000Z",
            "a".repeat(300));

    /** Filters of the grammar's words in any order, and good ones with a bad place. */
    @Provide
    Arbitrary<String> filter() {
        Arbitrary<String> literal = Arbitraries.oneOf(
                Arbitraries.of(
                        "true", "null", "1", "-1.5e3", "1e999", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"", "'x'"),
                odd().map(text -> NODES.textNode(text).toString()));
        Arbitrary<String> word = Arbitraries.frequencyOf(
                Tuple.of(4, names()),
                Tuple.of(3, Arbitraries.of("eq", "NE", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr")),
                Tuple.of(3, literal),
                Tuple.of(3, Arbitraries.of("and", "or", "not", "(", ")", "[", "]", "].", "not (", ".", ":")),
                Tuple.of(1, odd()));
        Arbitrary<String> noise = word.list().ofMaxSize(20).map(words -> String.join(" ", words));
        Arbitrary<String> clause = Combinators.combine(names(), Arbitraries.of("eq", "co", "gt", "pr"), literal)
                .as((name, operator, value) -> name + ' ' + operator + (operator.equals("pr") ? "" : ' ' + value));
        Arbitrary<String> good = Combinators.combine(
                        clause.list().ofMinSize(1).ofMaxSize(4),
                        Arbitraries.of(" and ", " or ", ") or not (", "] or emails["))
                .as((clauses, glue) -> (glue.contains("not") ? "not (" : glue.contains("[") ? "emails[" : "")
                        + String.join(glue, clauses)
                        + (glue.contains("not") ? ")" : glue.contains("[") ? "]" : ""));
        return Arbitraries.oneOf(
                noise, good, mutated(good), Arbitraries.strings().ofMaxLength(50));
    }

    /** Paths of attributes, with filters, broken or not. */
    @Provide
    Arbitrary<String> path() {
        Arbitrary<String> selecting = Combinators.combine(
                        names(), filter(), Arbitraries.of("", ".value", ".type", ".", "x", ".nosuch"))
                .as((name, filter, part) -> name + '[' + filter + ']' + part);
        return Arbitraries.oneOf(names(), selecting, mutated(selecting), odd());
    }

    /** Requests to patch, well-formed or nearly so, with any value anywhere. */
    @Provide
    Arbitrary<JsonNode> patch() {
        Arbitrary<JsonNode> operation = Combinators.combine(
                        Arbitraries.of("add", "Replace", "REMOVE", "move", ""),
                        path().injectNull(0.2),
                        values().injectNull(0.1),
                        Arbitraries.integers().between(0, 20))
                .as((op, path, value, odd) -> {
                    ObjectNode json = Json.object().put("op", op);
                    if (path != null) {
                        json.put("path", path);
                    }
                    if (value != null) {
                        json.set("value", value);
                    }
                    return odd == 0 ? NODES.textNode(op) : odd == 1 ? json.set("path", json.get("value")) : json;
                });
        return Combinators.combine(
                        operation.list().ofMaxSize(4),
                        values(),
                        Arbitraries.integers().between(0, 20))
                .as((operations, other, odd) -> {
                    ObjectNode body = Json.object();
                    body.putArray("schemas").add(PatchRequest.URN);
                    body.set("Operations", odd == 0 ? other : Json.array().addAll(operations));
                    return body;
                });
    }

    /** Resources whose attributes have any value. */
    @Provide
    Arbitrary<JsonNode> resource() {
        return Combinators.combine(
                        objects(values()),
                        Arbitraries.of("a", "b", "", " "),
                        values(),
                        Arbitraries.integers().between(0, 9))
                .as((body, name, other, odd) -> {
                    body.putArray("schemas").add(CoreSchemas.USER_URN).add(CoreSchemas.GROUP_URN);
                    body.remove(List.of("USERNAME", "Schemas"));
                    body.put("userName", name).put("displayName", name);
                    return odd == 0 ? body.set("schemas", other) : body;
                });
    }

    /** Search requests with any value anywhere. */
    @Provide
    Arbitrary<JsonNode> search() {
        Arbitrary<String> names = Arbitraries.of(
                "attributes", "excludedAttributes", "filter", "sortBy", "sortOrder", "count", "startIndex", "cursor");
        return Combinators.combine(names, values())
                .as((name, value) -> (ObjectNode) Json.object().set(name, value))
                .list()
                .ofMaxSize(4)
                .map(members -> {
                    ObjectNode body = Json.object();
                    members.forEach(body::setAll);
                    body.putArray("schemas").add(SearchRequest.URN);
                    return body;
                });
    }

    /** JSON texts with bad places, and noise. */
    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> good = values().map(value -> ("{\"a\":" + value + "}").getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> spoiled = Combinators.combine(
                        good, Arbitraries.integers().between(0, 10_000), Arbitraries.bytes())
                .as((bytes, at, by) -> {
                    bytes[at % bytes.length] = by;
                    return bytes;
                });
        return Arbitraries.oneOf(
                good, spoiled, Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
    }

    private static Arbitrary<String> mutated(Arbitrary<String> good) {
        return Combinators.combine(
                        good,
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.chars().all(),
                        Arbitraries.integers().between(0, 2))
                .as((text, at, by, how) -> {
                    int place = at % (text.length() + 1);
                    String end = text.substring(Math.min(text.length(), place + (how == 0 ? 0 : 1)));
                    return text.substring(0, place) + (how == 2 ? "" : by) + end;
                });
    }

    private static Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                odd().map(NODES::textNode),
                names().map(NODES::textNode),
                Arbitraries.of(
                        NODES.nullNode(),
                        NODES.booleanNode(true),
                        NODES.numberNode(7),
                        NODES.numberNode(7.5),
                        NODES.numberNode(Long.MAX_VALUE),
                        NODES.textNode("False"),
                        NODES.numberNode(new BigDecimal("1e300")),
                        NODES.objectNode(),
                        NODES.arrayNode()));
        return Arbitraries.recursive(
                () -> leaf,
                inner -> Arbitraries.oneOf(inner, arrays(inner), objects(inner).map(o -> o)),
                0,
                3);
    }

    private static Arbitrary<JsonNode> arrays(Arbitrary<JsonNode> inner) {
        return inner.list().ofMaxSize(3).map(elements -> {
            ArrayNode array = Json.array();
            elements.forEach(array::add);
            return array;
        });
    }

    private static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> inner) {
        return Combinators.combine(names().list().ofMaxSize(4), inner.list().ofSize(4))
                .as((names, values) -> {
                    ObjectNode object = Json.object();
                    for (int i = 0; i < names.size(); i++) {
                        object.set(names.get(i), values.get(i));
                    }
                    return object;
                });
    }

    private static Arbitrary<String> odd() {
        return Arbitraries.oneOf(Arbitraries.of(ODD), Arbitraries.strings().ofMaxLength(5));
    }

    private static Arbitrary<String> names() {
        List<String> names = new ArrayList<>(
                List.of("nosuch", "value", "VALUE", "type", "primary", "$ref", "members", "members.value"));
        for (AttributeDefinition attribute : CoreSchemas.USER_TYPE.attributes()) {
            names.add(attribute.name());
            attribute.subAttributes().forEach(sub -> names.add(attribute.name() + '.' + sub.name()));
        }
        names.addAll(
                List.of("USERNAME", "Schemas", CoreSchemas.USER_URN + ":userName", CoreSchemas.ENTERPRISE_USER_URN));
        CoreSchemas.ENTERPRISE_USER
                .attributes()
                .forEach(each -> names.add(CoreSchemas.ENTERPRISE_USER_URN + ':' + each.name()));
        return Arbitraries.of(names);
    }
}
