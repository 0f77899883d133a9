package dev.keyledger.scim.keycloak.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.message.ServiceProviderConfig.Bulk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScimPathTest {
    private static final Duration QUIET = Duration.ofMinutes(1);

    @Test
    void takesAPathApart() {
        ScimPath path = ScimPath.parse("v2/Users/2819c223");

        assertThat(path.isVersion2()).isTrue();
        assertThat(path.length()).isEqualTo(2);
        assertThat(path.at(0)).isEqualTo("Users");
        assertThat(path.at(1)).isEqualTo("2819c223");
        assertThat(path.at(2)).isEmpty();
        assertThat(path.below()).isEqualTo("Users/2819c223");
    }

    @Test
    void aSlashAtTheEndMakesNoDifference() {
        assertThat(ScimPath.parse("v2/Users/")).isEqualTo(ScimPath.parse("v2/Users"));
    }

    @Test
    void anEndpointIsFoundInAnyCaseAndAnIdIsNot() {
        assertThat(ScimPath.parse("v2/users/Users")).isEqualTo(ScimPath.parse("v2/Users/Users"));
        assertThat(ScimPath.parse("v2/Users/users")).isNotEqualTo(ScimPath.parse("v2/Users/Users"));
    }

    @Test
    void anotherVersionIsNone() {
        for (String other : List.of("v1/Users", "v3", "V2/Users", "v2.0/Users")) {
            ScimPath path = ScimPath.parse(other);
            assertThat(path.isVersion2()).isFalse();
            assertThatThrownBy(path::requireVersion2)
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.scimType()).isEqualTo(ScimType.INVALID_VERS));
        }
        assertThat(ScimPath.parse("nothing/Users").isVersion2()).isFalse();
        ScimPath.parse("nothing/Users").requireVersion2();
    }

    @Test
    void whoSaysNoVersionGetsTheNewest() {
        assertThat(ScimPath.parse("users/2819c223")).isEqualTo(ScimPath.parse("v2/Users/2819c223"));
        assertThat(ScimPath.parse(".search")).isEqualTo(ScimPath.parse("v2/.search"));
        assertThat(ScimPath.parse("")).isEqualTo(ScimPath.parse("v2/"));
    }

    @Test
    void thePathOfABulkOperationIsARelativeUri() {
        assertThat(ScimPath.ofRelativeUri("/Users/f%3Aldap%3Aa+b")).isEqualTo(ScimPath.parse("v2/Users/f:ldap:a+b"));
        assertThatThrownBy(() -> ScimPath.ofRelativeUri("/Users/%zz")).hasMessageContaining("no URI");
    }

    @Test
    void limitsThatNoRequestCouldMeetAreRefused() {
        Bulk bulk = new Bulk(1, 1024);
        assertThatThrownBy(() -> new ScimSettings(10, 100, bulk, QUIET, QUIET, QUIET))
                .hasMessageContaining("max-body-bytes is 10");
        assertThatThrownBy(() -> new ScimSettings(1 << 20, 0, bulk, QUIET, QUIET, QUIET))
                .hasMessageContaining("max-results is 0");
        assertThatThrownBy(() -> new ScimSettings(1 << 20, 1, new Bulk(0, 1024), QUIET, QUIET, QUIET))
                .hasMessageContaining("max-bulk-operations is 0");
        assertThatThrownBy(() -> new ScimSettings(1 << 20, 1, new Bulk(1, 7), QUIET, QUIET, QUIET))
                .hasMessageContaining("max-bulk-bytes is 7");
    }
}
