package dev.keyledger.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.schema.CoreSchemas;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static Filter parse(String text) {
        return Filter.parse(text, CoreSchemas.USER_TYPE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "userName eq \"bjensen\"                          | userName eq \"bjensen\"",
                "USERNAME EQ \"bjensen\"                          | userName eq \"bjensen\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J\" | userName sw \"J\"",
                "title pr and userType eq \"Employee\"            | title pr and userType eq \"Employee\"",
                "title pr or nickName pr and locale pr            | title pr or nickName pr and locale pr",
                "(title pr or nickName pr) and locale pr          | (title pr or nickName pr) and locale pr",
                "(title pr and nickName pr) and locale pr         | title pr and nickName pr and locale pr",
                "not (title pr) and locale pr                     | not (title pr) and locale pr",
                "not(title pr)                                    | not (title pr)",
                "emails eq \"a@example.com\"                      | emails.value eq \"a@example.com\"",
                "emails[type eq \"work\" and value co \"@\"]      | emails[type eq \"work\" and value co \"@\"]",
                "emails[not (type eq \"work\")] or title pr       | emails[not (type eq \"work\")] or title pr",
                "emails[type eq \"work\"].value eq \"a@b\" or title pr | emails[type eq \"work\" and value eq \"a@b\"] or title pr",
                "emails[type pr or value pr].primary eq \"True\" | emails[(type pr or value pr) and primary eq true]",
                "meta.lastModified gt \"2011-05-13T04:42:34Z\"    | meta.lastModified gt \"2011-05-13T04:42:34Z\"",
                "active eq \"True\"                               | active eq true",
                "id eq \"x\" and manager eq \"y\" | id eq \"x\" and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq \"y\"",
                "DEPARTMENT sw \"D\" | urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department sw \"D\"",
                "(meta.resourceType eq User) or (meta.resourceType eq Group) | meta.resourceType eq \"User\" or meta.resourceType eq \"Group\"",
                "title eq null                                    | not (title pr)",
                "title ne null                                    | title pr",
                "userName eq \"a\\\"]\\u0041\"                    | userName eq \"a\\\"]A\"",
            })
    void readsAndPrints(String text, String printed) {
        assertThat(parse(text)).hasToString(printed);
    }

    @Test
    void bindsAndCloserThanOr() {
        assertThat(parse("title pr or nickName pr and locale pr"))
                .asInstanceOf(type(Filter.Or.class))
                .satisfies(or -> assertThat(or.operands().get(1)).isInstanceOf(Filter.And.class));
    }

    @Test
    void readsAnExtensionAttributeByItsUrn() {
        assertThat(parse(ENTERPRISE + ":manager.value eq \"x\"")).hasToString(ENTERPRISE + ":manager.value eq \"x\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "userName",
                "userName eq",
                "userName eq 'x'",
                "userName eq \"x",
                "userName is \"x\"",
                "userName eq 5",
                "userName eq bjensen",
                "meta.resourceType eq User.x",
                "meta.version eq User",
                "meta.created gt \"+999999999-12-31T23:59:59Z\"",
                "meta.created gt \"-999999999-01-01T00:00:00Z\"",
                "userName eq \"\\u0000\"",
                "userName eq \"\\ud800\"",
                "userName eq \"x\" and",
                "userName eq \"x\" userName pr",
                "userName eq \"x\"and title pr",
                "(title pr",
                "title pr)",
                "not title pr",
                "nosuch eq \"x\"",
                "name eq \"x\"",
                "name.nosuch pr",
                "active gt true",
                "active eq \"maybe\"",
                "meta.created gt \"yesterday\"",
                "meta.created co \"2011\"",
                "title gt null",
                "emails[type eq \"work\"",
                "emails[emails[type pr]]",
                "emails.type[value pr]",
                "emails[nosuch pr]",
                "emails[type pr].",
                "emails[type pr].nosuch pr",
                "emails[type pr].value",
                "emails[type pr] .value pr",
                "urn:nobody:User:userName pr",
                "x509Certificates.value gt \"AA==\"",
                "userName eq 1e999999999",
            })
    void refusesWithThePosition(String text) {
        assertThatThrownBy(() -> parse(text))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isEqualTo(ScimType.INVALID_FILTER))
                .satisfies(e -> assertThat(e.detail()).contains("position "));
    }

    @Test
    void refusesHostileInputInBoundedTime() {
        String deep = "(".repeat(16_000) + "title pr" + ")".repeat(16_000);
        String nots = "not (".repeat(6_000) + "title pr" + ")".repeat(6_000);
        String wide = "title pr or ".repeat(10_000) + "title pr";
        String clauses = "title pr or ".repeat(2_000) + "title pr";
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            for (String text : new String[] {deep, nots, wide, clauses}) {
                assertThatThrownBy(() -> parse(text)).isInstanceOf(ScimException.class);
            }
        });
    }
}
