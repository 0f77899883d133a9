package dev.keyledger.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our evaluation against UnboundID's. Left out, because there it deviates: a comparison with a complex multi-valued attribute
 * as a whole ({@code emails eq "x"}), which UnboundID compares with the objects; case-exact attributes, since UnboundID knows no
 * schema and compares every text without case; a boolean as text; {@code ne} on several values.
 */
class FilterOracleTest {
    private static final String USER = """
            {"userName":"bjensen","name":{"givenName":"Barbara","familyName":"Jensen"},"active":true,"title":"Tour Guide",
             "emails":[{"value":"bj@example.com","type":"work","primary":true},{"value":"babs@home.example","type":"home"}],
             "meta":{"lastModified":"2011-05-13T04:42:34Z"}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName eq \"BJENSEN\"",
                "userName ne \"bjensen\"",
                "userName sw \"bj\"",
                "userName ew \"sen\"",
                "userName co \"jen\"",
                "userName gt \"bj\"",
                "userName lt \"bj\"",
                "userName ge \"bjensen\"",
                "userName le \"bjensen\"",
                "name.familyName co \"ens\" and active eq true",
                "active eq false",
                "active ne false",
                "title pr",
                "nickName pr",
                "nickName eq \"x\"",
                "not (nickName pr)",
                "nickName pr or title pr and userName eq \"nobody\"",
                "(nickName pr or title pr) and userName eq \"bjensen\"",
                "emails[type eq \"work\" and value co \"home\"]",
                "emails[type eq \"home\" and value co \"home\"]",
                "emails.type eq \"home\"",
                "emails[primary eq true]",
                "emails pr",
                "meta.lastModified gt \"2011-05-13T04:42:33Z\"",
                "meta.lastModified lt \"2011-05-13T04:42:33Z\"",
                "meta.lastModified ge \"2011-05-13T04:42:34Z\"",
            })
    void agreesWithUnboundId(String text) throws Exception {
        ObjectNode user = (ObjectNode) JsonMapper.builder().build().readTree(USER);
        boolean theirs = FilterEvaluator.evaluate(com.unboundid.scim2.common.filters.Filter.fromString(text), user);

        assertThat(Filter.parse(text, CoreSchemas.USER_TYPE).matches(Resource.of(user)))
                .isEqualTo(theirs);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void agreesOnWhatBindsCloser(@ForAll("combinations") String text) throws Exception {
        agreesWithUnboundId(text);
    }

    @Provide
    Arbitrary<String> combinations() {
        Arbitrary<String> leaf = Arbitraries.of(
                "userName eq \"bjensen\"",
                "userName eq \"nobody\"",
                "title pr",
                "nickName pr",
                "active eq true",
                "emails[type eq \"home\" and value co \"home\"]",
                "meta.lastModified lt \"2011-05-13T04:42:33Z\"");
        return Arbitraries.lazyOf(
                () -> leaf,
                () -> Combinators.combine(combinations(), Arbitraries.of(" and ", " or "), leaf)
                        .as((one, operator, other) -> one + operator + other),
                () -> combinations().map(inner -> "not (" + inner + ")"),
                () -> Combinators.combine(leaf, Arbitraries.of(" and ", " or "), combinations())
                        .as((one, operator, other) -> one + operator + "(" + other + ")"));
    }
}
