package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.service.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every filter finds in the database the users whom the core's own comparison finds among the resources. */
@ParameterizedClass
@EnumSource(SearchDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterSqlTest {
    @Parameter
    SearchDatabase database = SearchDatabase.H2;

    private SearchedUsers users = new SearchedUsers(database, "");

    @BeforeParameterizedClassInvocation
    void makeUsers() {
        users = SearchedUsers.odd(database);
    }

    @Test
    void comparisonsOfEveryPartWithEveryOperator() {
        List<String> filters = new ArrayList<>();
        for (AttributePath path : paths()) {
            filters.add(path + " pr");
            filters.add("not (" + path + " pr)");
            for (String operator : operators(path.target())) {
                String comparison = path + " " + operator + " " + literal(path, filters.size());
                filters.add(filters.size() % 3 > 0 ? comparison : "not (" + comparison + ")");
            }
        }
        assertAllAsTheCore(filters);
    }

    @Test
    void valuePathsWithAndOrAndNot() {
        List<String> filters = new ArrayList<>();
        for (AttributePath whole : paths()) {
            if (whole.attribute().multiValued() && whole.attribute().isComplex() && whole.subAttribute() == null) {
                filters.addAll(valuePaths(whole));
            }
        }
        assertAllAsTheCore(filters);
    }

    @Test
    void whatIsAskedTogetherAndWhatIsAskedBesideManyOthers() {
        List<String> filters = new ArrayList<>();
        List<AttributePath> paths = paths();
        paths.removeIf(path -> path.target().isComplex());
        for (int i = 0; i < paths.size(); i++) {
            List<String> terms = new ArrayList<>();
            for (int j = 0; j < 12; j++) {
                AttributePath path = paths.get(j < 5 ? i : (i + j) % paths.size());
                String term = path + " eq " + literal(path, i + j);
                terms.add(j % 4 == 3 ? path + " pr" : term);
            }
            filters.add(String.join(" or ", terms));
            filters.add("not (" + String.join(") and not (", terms) + ")");
            filters.add("(" + String.join(" or userName pr) and (", terms) + ")");
        }
        assertAllAsTheCore(filters);
    }

    private List<String> valuePaths(AttributePath whole) {
        List<String> inner = new ArrayList<>();
        for (AttributeDefinition part : whole.attribute().subAttributes()) {
            inner.add(part.name() + " pr");
            for (String operator : operators(part)) {
                inner.add(part.name() + " " + operator + " " + literal(whole.child(part), inner.size()));
            }
        }
        List<String> filters = new ArrayList<>();
        for (int i = 0; i < inner.size(); i++) {
            String one = inner.get(i);
            String other = inner.get((i * 7 + 3) % inner.size());
            filters.add(
                    switch (i % 3) {
                        case 0 -> whole + "[" + one + " and " + other + "]";
                        case 1 -> whole + "[" + one + " or not (" + other + ")]";
                        default -> "not (" + whole + "[not (" + one + ") and not (" + other + ")])";
                    });
        }
        return filters;
    }

    private void assertAllAsTheCore(List<String> filters) {
        assertThat(filters).hasSizeGreaterThan(100);
        List<String> wrong = new ArrayList<>();
        int matched = 0;
        for (String text : filters) {
            Filter filter = Filter.parse(text, SearchedUsers.SCHEMA.userType());
            List<String> wanted = users.resources().stream()
                    .filter(filter::matches)
                    .map(SearchedUsers::name)
                    .toList();
            List<String> found = users
                    .find(new Query(filter, null, 1, 100, Projection.defaults(SearchedUsers.SCHEMA.userType())))
                    .rows()
                    .stream()
                    .map(user -> user.getUsername())
                    .toList();
            matched += wanted.isEmpty() ? 0 : 1;
            if (!found.equals(wanted)) {
                wrong.add(text + " found " + found + ", want " + wanted);
            }
        }
        assertThat(wrong).as("of %d filters", filters.size()).isEmpty();
        assertThat(matched).as("filters that find somebody").isGreaterThan(filters.size() / 3);
    }

    /** Attributes and parts that can be asked for. */
    private static List<AttributePath> paths() {
        List<AttributePath> paths = new ArrayList<>();
        SearchedUsers.SCHEMA.userType().attributes().forEach(attribute -> add(paths, AttributePath.of(attribute)));
        for (ResourceType.Extension extension : SearchedUsers.SCHEMA.userType().extensions()) {
            String urn = extension.schema().id();
            extension.schema().attributes().forEach(attribute -> add(paths, new AttributePath(urn, attribute, null)));
        }
        paths.removeIf(
                path -> Set.of("password", "meta", "meta.version", "meta.location", "meta.created", "meta.lastModified")
                        .contains(path.notation()));
        return paths;
    }

    private static void add(List<AttributePath> paths, AttributePath path) {
        paths.add(path);
        path.attribute().subAttributes().forEach(part -> paths.add(path.child(part)));
    }

    private static List<String> operators(AttributeDefinition definition) {
        return switch (definition.type()) {
            case COMPLEX -> List.of();
            case BOOLEAN, BINARY -> List.of("eq", "ne");
            default -> List.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
        };
    }

    /** One worth comparing with, another for another {@code turn}: a value, part of one, and what could be taken for one. */
    private String literal(AttributePath path, int turn) {
        if (path.target().type() == AttributeType.BOOLEAN) {
            return String.valueOf(turn % 2 == 0);
        }
        List<String> texts = new ArrayList<>(List.of("work\"", "\\", "%", "u0022", "22", "\n", "zzz"));
        for (Resource user : users.resources()) {
            for (JsonNode value : path.values(user)) {
                String text = value.asText();
                texts.add(text);
                texts.add(text.substring(0, (text.length() + 1) / 2).toUpperCase(Locale.ROOT));
                texts.add(text.substring(text.length() / 2));
            }
        }
        return TextNode.valueOf(texts.get(texts.size() - 1 - turn % texts.size()))
                .toString();
    }
}
