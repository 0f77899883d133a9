package dev.keyledger.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedFilterTest {
    private static final List<ResourceType> TYPES = List.of(CoreSchemas.USER_TYPE, CoreSchemas.GROUP_TYPE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
                    displayName sw "a"                              | displayName sw "a" | displayName sw "a"
                    userName eq "a"                                 | userName eq "a"    | none
                    userName ne "a"                                 | userName ne "a"    | all
                    not (userName eq "a")                           | not (userName eq "a") | all
                    userName pr                                     | userName pr        | none
                    members[value eq "a"]                           | none               | members[value eq "a"]
                    userName pr or displayName pr                   | userName pr or displayName pr | displayName pr
                    userName pr and displayName pr                  | userName pr and displayName pr | none
                    userName pr or members pr                       | userName pr        | members pr
                    meta.resourceType eq "user"                     | none               | none
                    meta.resourceType eq "User"                     | all                | none
                    meta.resourceType eq "User" and title pr        | title pr           | none
                    meta.resourceType eq "Group" or title pr        | title pr           | all
                    urn:ietf:params:scim:schemas:core:2.0:User:displayName eq "a" | displayName eq "a" | none
                    urn:ietf:params:scim:schemas:core:2.0:Group:displayName eq "a" | none | displayName eq "a"
                    ENT:department eq "a"                           | ENT:department eq "a" | none
                    -                                               | all                | all
                    """)
    void anAttributeThatATypeDoesNotHaveIsUnassigned(String filter, String forUsers, String forGroups) {
        String text = filter == null ? null : filter.replace("ENT", CoreSchemas.ENTERPRISE_USER_URN);
        assertThat(of(text, CoreSchemas.USER_TYPE)).isEqualTo(parsed(forUsers, CoreSchemas.USER_TYPE));
        assertThat(of(text, CoreSchemas.GROUP_TYPE)).isEqualTo(parsed(forGroups, CoreSchemas.GROUP_TYPE));
    }

    @Test
    void anAttributeThatNoTypeHasIsRefused() {
        for (String wrong :
                List.of("noSuch pr", "userName eq \"a\" or noSuch pr", "active gt true", "members[noSuch pr]")) {
            assertThatThrownBy(() -> of(wrong, CoreSchemas.GROUP_TYPE))
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    private static SharedFilter of(@org.jspecify.annotations.Nullable String text, ResourceType type) {
        return SharedFilter.parse(text, type, TYPES);
    }

    private static SharedFilter parsed(String text, ResourceType type) {
        if (text.equals("all") || text.equals("none")) {
            return new SharedFilter(text.equals("all"), null);
        }
        return new SharedFilter(true, Filter.parse(text.replace("ENT", CoreSchemas.ENTERPRISE_USER_URN), type));
    }
}
