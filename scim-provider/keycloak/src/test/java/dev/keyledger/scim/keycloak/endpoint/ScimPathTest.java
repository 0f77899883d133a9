package dev.keyledger.scim.keycloak.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.scim.message.ServiceProviderConfig.Bulk;
import java.time.Duration;
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
        assertThat(ScimPath.parse("v1/Users").isVersion2()).isFalse();
        assertThat(ScimPath.parse("").isVersion2()).isFalse();
    }

    @Test
    void thePathOfABulkOperationIsARelativeUri() {
        assertThat(ScimPath.ofRelativeUri("/Users/f%3Aldap%3Aa+b")).isEqualTo(ScimPath.parse("v2/Users/f:ldap:a+b"));
        assertThatThrownBy(() -> ScimPath.ofRelativeUri("/Users/%zz")).hasMessageContaining("no URI");
    }

    @Test
    void limitsThatNoRequestCouldMeetAreRefused() {
        Bulk bulk = new Bulk(1, 1024);
        assertThatThrownBy(() -> new ScimSettings(10, 100, bulk, QUIET, QUIET))
                .hasMessageContaining("max-body-bytes is 10");
        assertThatThrownBy(() -> new ScimSettings(1 << 20, 0, bulk, QUIET, QUIET))
                .hasMessageContaining("max-results is 0");
        assertThatThrownBy(() -> new ScimSettings(1 << 20, 1, new Bulk(0, 1024), QUIET, QUIET))
                .hasMessageContaining("max-bulk-operations is 0");
        assertThatThrownBy(() -> new ScimSettings(1 << 20, 1, new Bulk(1, 7), QUIET, QUIET))
                .hasMessageContaining("max-bulk-bytes is 7");
    }
}
