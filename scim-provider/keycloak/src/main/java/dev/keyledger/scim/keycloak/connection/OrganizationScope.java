package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.storage.GroupsOf;
import dev.keyledger.scim.keycloak.storage.MembersOf;
import dev.keyledger.scim.keycloak.storage.Restriction;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * The organization that a connection is bound to: its users are the members, and those whom it makes join as managed ones, who
 * belong to the organization alone. Its groups are the organization's.
 *
 * <p>Keycloak keeps the members in a group too, whose children are the organization's groups of the top level. That one is
 * Keycloak's own, and no group for anybody.
 */
public final class OrganizationScope {
    private final KeycloakSession session;
    private final OrganizationProvider organizations;
    private final OrganizationModel organization;

    private OrganizationScope(
            KeycloakSession session, OrganizationProvider organizations, OrganizationModel organization) {
        this.session = session;
        this.organizations = organizations;
        this.organization = organization;
    }

    /** That of the alias, or null for none; throws 403 if the realm has no such organization, or has it switched off. */
    static @Nullable OrganizationScope of(KeycloakSession session, RealmModel realm, @Nullable String alias) {
        if (alias == null) {
            return null;
        }
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        OrganizationModel found =
                organizations == null || !realm.isOrganizationsEnabled() ? null : organizations.getByAlias(alias);
        if (found == null || !found.isEnabled()) {
            throw ScimException.forbidden(
                    "the organization " + ScimException.quoted(alias) + " of this connection is gone or disabled");
        }
        return new OrganizationScope(session, organizations, found);
    }

    /** For queries over users. */
    Restriction members() {
        return new MembersOf(UUID.fromString(top().getId()));
    }

    /** For queries over groups. */
    Restriction groups() {
        return new GroupsOf(UUID.fromString(top().getId()));
    }

    /** The group whose children are the organization's groups of the top level. */
    public GroupModel top() {
        return organizations.getOrganizationGroup(organization);
    }

    /** Keycloak's id of the organization. */
    public String id() {
        return organization.getId();
    }

    /** Makes a group of the organization at its top level. */
    public GroupModel createGroup(String name) {
        return organizations.createGroup(organization, name, null);
    }

    /**
     * Does the work as one on the organization: else Keycloak lets nobody move a group to the top level of an organization, nor
     * change one that is called as an organization's id.
     */
    public <T> T during(Supplier<T> work) {
        KeycloakContext context = session.getContext();
        OrganizationModel before = context.getOrganization();
        context.setOrganization(organization);
        try {
            return work.get();
        } finally {
            context.setOrganization(before);
        }
    }

    /** Whether the user is a member. */
    public boolean has(UserModel user) {
        return organizations.isMember(organization, user);
    }

    /** Whether the user is a member who belongs to the organization alone. */
    public boolean owns(UserModel user) {
        return organizations.isManagedMember(organization, user);
    }

    /** Whether the identity provider is one of the organization's. */
    public boolean logsInBy(IdentityProviderModel provider) {
        return organization.getId().equals(provider.getOrganizationId());
    }

    /** A new user becomes a member who belongs to the organization. */
    public void join(UserModel user) {
        if (!organizations.addManagedMember(organization, user)) {
            throw new IllegalStateException("user " + user.getId() + " did not join " + organization.getAlias());
        }
    }

    /** A member who belongs to the realm as well is a member no longer. */
    public void leave(UserModel user) {
        organizations.removeMember(organization, user);
    }
}
