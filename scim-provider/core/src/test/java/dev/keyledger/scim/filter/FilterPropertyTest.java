package dev.keyledger.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FilterPropertyTest {
    @Property(tries = 500)
    void parsingWhatWasPrintedGivesTheSameFilter(@ForAll("filters") Filter filter) {
        assertThat(Filter.parse(filter.toString(), CoreSchemas.USER_TYPE)).isEqualTo(filter);
    }

    @Property(tries = 1000)
    void anyTextIsAFilterOrAScimError(@ForAll("texts") String text) {
        try {
            assertThat(Filter.parse(text, CoreSchemas.USER_TYPE)).isNotNull();
        } catch (ScimException e) {
            assertThat(e.status()).isEqualTo(400);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "userName",
                        "emails",
                        "name.givenName",
                        " ",
                        "eq",
                        "pr",
                        "and",
                        "or",
                        "not",
                        "(",
                        ")",
                        "[",
                        "]",
                        "\"",
                        "\\",
                        "x",
                        "1",
                        "-",
                        ".",
                        "true",
                        "null",
                        ":",
                        "\u0000",
                        "\ud800")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Filter> filters() {
        Arbitrary<Filter> top = tree(
                Arbitraries.of("userName", "name.givenName", "emails.type", "externalId")
                        .map(FilterPropertyTest::path),
                3);
        AttributePath emails = path("emails");
        Arbitrary<Filter> inside = tree(
                Arbitraries.of("emails.type", "emails.value", "emails.display").map(FilterPropertyTest::path), 2);
        Arbitrary<Filter> valuePath = inside.map(filter -> new Filter.ValuePath(emails, filter));
        Arbitrary<Filter> leaf = Arbitraries.oneOf(top, valuePath);
        return Arbitraries.oneOf(
                leaf,
                leaf.map(Filter.Not::new),
                pairs(leaf).map(Filter.And::new),
                pairs(leaf).map(Filter.Or::new));
    }

    private static Arbitrary<Filter> tree(Arbitrary<AttributePath> paths, int depth) {
        Arbitrary<Filter> comparison = Combinators.combine(
                        paths,
                        Arbitraries.of(Operator.class),
                        Arbitraries.strings().ofMaxLength(8).filter(Json::isStorable))
                .as((path, operator, value) -> new Filter.Comparison(path, operator, TextNode.valueOf(value)));
        Arbitrary<Filter> flag = Arbitraries.of(true, false)
                .map(value -> new Filter.Comparison(path("active"), Operator.EQ, BooleanNode.valueOf(value)));
        Arbitrary<Filter> leaf = depth == 2
                ? Arbitraries.oneOf(comparison, paths.map(Filter.Present::new))
                : Arbitraries.oneOf(comparison, flag, paths.map(Filter.Present::new));
        return depth == 0
                ? leaf
                : Arbitraries.oneOf(
                        leaf,
                        leaf.map(Filter.Not::new),
                        pairs(leaf).map(Filter.And::new),
                        pairs(pairs(leaf).<Filter>map(Filter.Or::new)).map(Filter.And::new));
    }

    private static Arbitrary<List<Filter>> pairs(Arbitrary<Filter> of) {
        return of.list().ofMinSize(2).ofMaxSize(3);
    }

    private static AttributePath path(String name) {
        return AttributePath.resolve(name, CoreSchemas.USER_TYPE).orElseThrow();
    }
}
