package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.OrganizationScope;
import dev.keyledger.scim.keycloak.contract.IdentityLink;
import dev.keyledger.scim.resource.Resource;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Links new users to the identity provider of their connection. */
final class IdentityLinks {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final IdentityLink link;
    private final @Nullable OrganizationScope organization;

    IdentityLinks(KeycloakSession session, IdentityLink link, @Nullable OrganizationScope organization) {
        this.session = session;
        this.organization = organization;
        this.realm = session.getContext().getRealm();
        this.link = link;
    }

    /** Links the user if the resource says who he is there; throws {@code uniqueness} if somebody else is that already. */
    void add(UserModel user, Resource resource) {
        String subject = resource.text(link.subject().attribute());
        IdentityProviderModel provider = session.identityProviders().getByAlias(link.alias());
        // the identity provider may have gone, or left the organization, since the connection was made
        if (subject == null || provider == null || (organization != null && !organization.logsInBy(provider))) {
            return;
        }
        FederatedIdentityModel identity = new FederatedIdentityModel(link.alias(), subject, user.getUsername());
        if (session.users().getUserByFederatedIdentity(realm, identity) != null) {
            throw ScimException.uniqueness("another user is " + ScimException.quoted(subject)
                    + " of the identity provider " + ScimException.quoted(link.alias()));
        }
        session.users().addFederatedIdentity(realm, user, identity);
    }
}
