package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.scim.keycloak.schema.Profiles;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.project.Projection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

class AccountExtentTest {
    private static final RealmSchema SCHEMA = Profiles.untouched();

    @Test
    void whoAsksForAFewAttributesHasOnlyTheseReadAndThoseThatTellTheSchemas() {
        AccountExtent extent = extent(SCHEMA, "userName", "name.middleName", "emails.value", "id", "active");

        assertThat(extent.roles()).isFalse();
        assertThat(extent.names())
                .contains("userName", "middleName", "emails", "department", "manager")
                .doesNotContain("title", "phoneNumbers", "addresses", "username", "emails.value", "active");
    }

    @Test
    void whoAsksForNothingInParticularHasEverythingRead() {
        assertThat(extent(SCHEMA)).isEqualTo(new AccountExtent(null, true));
        assertThat(extent(SCHEMA, "entitlements").roles()).isTrue();
    }

    @Test
    void whereAnyAttributeMayBeThereAllAreRead() {
        RealmSchema open = Profiles.with(UnmanagedAttributePolicy.ENABLED);

        assertThat(extent(open, "userName").names()).isNull();
    }

    private static AccountExtent extent(RealmSchema schema, String... attributes) {
        return AccountExtent.of(schema, Projection.of(schema.userType(), List.of(attributes), List.of()));
    }
}
