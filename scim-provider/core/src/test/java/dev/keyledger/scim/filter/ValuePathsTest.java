package dev.keyledger.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuePathsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "emails[type eq 'a'] or emails[type eq 'b'] | emails[type eq 'a' or type eq 'b']",
                "emails.value co 'a' or title pr or emails[type eq 'b'] | emails[value co 'a' or type eq 'b'] or title pr",
                "not (emails[type eq 'a']) and not (emails.value pr) | not (emails[type eq 'a' or value pr])",
                "emails.value ne 'a' and emails.value ne 'b' | not (emails[value eq 'a' or value eq 'b'])",
                "(emails.value eq 'a' or emails.value eq 'b') and title pr | emails[value eq 'a' or value eq 'b'] and title pr",
                "emails.value eq 'a' or roles.value eq 'b' | emails.value eq 'a' or roles.value eq 'b'",
                "emails.value eq 'a' and emails.value eq 'b' | emails.value eq 'a' and emails.value eq 'b'",
                "emails.value ne 'a' or emails.value ne 'b' | emails.value ne 'a' or emails.value ne 'b'",
                "userName eq 'a' or userName eq 'b' | userName eq 'a' or userName eq 'b'"
            })
    void areAskedTogetherWhereThatMeansTheSame(String filter, String together) {
        assertThat(ValuePaths.together(parse(filter))).isEqualTo(parse(together));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void findWhatTheyFoundApart(@ForAll("filters") String text) throws JsonProcessingException {
        Filter filter = parse(text);
        Filter together = ValuePaths.together(filter);
        for (String user : new String[] {
            "{'userName':'b'}",
            "{'emails':[{'value':'a','type':'x'},{'value':'b'}]}",
            "{'emails':[{'value':'c','type':'x'}],'roles':[{'value':'a'}]}"
        }) {
            Resource resource =
                    Resource.of((ObjectNode) JsonMapper.builder().build().readTree(user.replace('\'', '"')));
            assertThat(together.matches(resource)).isEqualTo(filter.matches(resource));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" and ", " or "})
    void areRefusedWhereTooManyAreLeft(String operator) {
        String term = operator.equals(" and ") ? "emails[type eq 'a']" : "emails.value ne 'a'";
        assertThat(ValuePaths.together(parse(term + (operator + term).repeat(ValuePaths.MAX - 1))))
                .isNotNull();
        assertThatThrownBy(() -> ValuePaths.together(parse(term + (operator + term).repeat(ValuePaths.MAX))))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isEqualTo(ScimType.TOO_MANY));
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> leaf = Arbitraries.of(
                "emails[type eq 'x']",
                "emails[value eq 'a' and not (type eq 'x')]",
                "emails.value eq 'b'",
                "emails.value ne 'a'",
                "emails.type pr",
                "emails pr",
                "roles.value eq 'a'",
                "userName eq 'b'");
        return combined(combined(leaf));
    }

    private static Arbitrary<String> combined(Arbitrary<String> term) {
        Arbitrary<String> any = Arbitraries.oneOf(term, term.map(each -> "not (" + each + ")"));
        return Arbitraries.of(" and ", " or ")
                .flatMap(operator ->
                        any.list().ofMinSize(1).ofMaxSize(4).map(terms -> "(" + String.join(operator, terms) + ")"));
    }

    private static Filter parse(String text) {
        return Filter.parse(text.replace('\'', '"'), CoreSchemas.USER_TYPE);
    }
}
