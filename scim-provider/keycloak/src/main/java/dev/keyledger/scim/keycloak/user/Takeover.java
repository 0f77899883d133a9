package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.connection.OrganizationScope;
import dev.keyledger.scim.keycloak.contract.Policy;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import dev.keyledger.scim.keycloak.storage.ProvisionedEntity;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds the account that a new user turns out to be: one that the connection itself has deleted and that was kept, or, if the
 * policy says so, one of the same user name or verified e-mail address that is none of the connection's yet.
 */
final class Takeover {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final RealmSchema schema;

    Takeover(KeycloakSession session, Connection connection, RealmSchema schema) {
        this.schema = schema;
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
    }

    /** The id of that account, which is the connection's from now on; throws 403 for one that it may not change. */
    Optional<String> of(Resource wanted) {
        UserModel user = found(wanted);
        if (user == null || user.getServiceAccountClientLink() != null) {
            return Optional.empty();
        }
        Provisioned provisioned = connection.provisioned();
        Optional<ProvisionedEntity> row = provisioned.find(user.getId());
        boolean returns = row.isPresent() && row.get().deleted != null;
        if (!isInScope(user) || (!returns && (row.isPresent() || !adopts()))) {
            return Optional.empty();
        }
        provisioned.takenOver(user.getId());
        connection.rights().requireManage(user);
        return Optional.of(user.getId());
    }

    private boolean isInScope(UserModel user) {
        OrganizationScope organization = connection.organization();
        return organization == null || organization.has(user);
    }

    private boolean adopts() {
        return connection.contract().policy().existing() == Policy.Existing.ADOPT;
    }

    private @Nullable UserModel found(Resource wanted) {
        String name = wanted.text("userName");
        UserModel named = name == null ? null : session.users().getUserByUsername(realm, name);
        String address = address(wanted);
        if (named != null || !adopts() || address == null || realm.isDuplicateEmailsAllowed()) {
            return named;
        }
        UserModel addressed = session.users().getUserByEmail(realm, address);
        return addressed != null && addressed.isEmailVerified() ? addressed : null;
    }

    private @Nullable String address(Resource wanted) {
        JsonNode emails = wanted.get(Emails.ATTRIBUTE);
        AttributeDefinition definition =
                schema.userType().attribute(Emails.ATTRIBUTE).orElse(null);
        return emails == null || definition == null
                ? null
                : Emails.divide(definition, StoredElements.objects(emails)).account();
    }
}
