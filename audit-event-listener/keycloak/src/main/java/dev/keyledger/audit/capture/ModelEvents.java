package dev.keyledger.audit.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.GroupModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.OrganizationModel.OrganizationMemberJoinEvent;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.OrganizationModel.OrganizationMembershipEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.provider.ProviderEvent;

/** Translates the events of Keycloak's models. Reads nothing: they are raised in the middle of the change. */
final class ModelEvents {
    private ModelEvents() {}

    /** A change and the session it is made in. */
    record Raised(KeycloakSession session, DirectChange change) {}

    /** Returns the change; empty for an event that is about something else, or about a realm that is not known. */
    static Optional<Raised> translate(ProviderEvent event) {
        if (event instanceof RoleModel.RoleEvent role) {
            return role(role);
        }
        if (event instanceof GroupModel.GroupEvent group) {
            return group(group);
        }
        if (event instanceof OrganizationMembershipEvent organization) {
            return organization(organization);
        }
        if (event instanceof FederatedIdentityCreatedEvent link) {
            return member(
                    link.getKeycloakSession(),
                    link.getRealm(),
                    link.getUser(),
                    "identities.linked",
                    () -> link.getFederatedIdentity().getIdentityProvider());
        }
        if (event instanceof FederatedIdentityRemovedEvent link) {
            return member(
                    link.getKeycloakSession(),
                    link.getRealm(),
                    link.getUser(),
                    "identities.unlinked",
                    () -> link.getFederatedIdentity().getIdentityProvider());
        }
        return whole(event);
    }

    /** Things that come and go as a whole. */
    private static Optional<Raised> whole(ProviderEvent event) {
        if (event instanceof RealmModel.RealmCreationEvent realm) {
            return realm(realm.getKeycloakSession(), realm.getCreatedRealm(), "CREATE");
        }
        if (event instanceof RealmModel.RealmRemovedEvent realm) {
            return realm(realm.getKeycloakSession(), realm.getRealm(), "DELETE");
        }
        if (event instanceof UserModel.UserRemovedEvent user) {
            return raised(
                    user.getKeycloakSession(),
                    DirectChange.of(user.getRealm().getId(), target(user.getUser()), "DELETE"));
        }
        if (event instanceof RoleContainerModel.RoleRemovedEvent role) {
            return removedRole(role.getKeycloakSession(), role.getRole());
        }
        if (event instanceof ClientModel.ClientUpdatedEvent client) {
            return client(client.getKeycloakSession(), client.getUpdatedClient(), "UPDATE");
        }
        if (event instanceof ClientModel.ClientRemovedEvent client) {
            return client(client.getKeycloakSession(), client.getClient(), "DELETE");
        }
        if (event instanceof ClientScopeModel.ClientScopeCreatedEvent scope) {
            return scope(scope.getKeycloakSession(), scope.getClientScope(), "CREATE");
        }
        if (event instanceof ClientScopeModel.ClientScopeRemovedEvent scope) {
            return scope(scope.getKeycloakSession(), scope.getClientScope(), "DELETE");
        }
        return configuration(event);
    }

    /** Things by which a realm is configured, as far as the models tell of them. */
    private static Optional<Raised> configuration(ProviderEvent event) {
        if (event instanceof RealmModel.IdentityProviderRemovedEvent provider) {
            return provider(
                    provider.getKeycloakSession(),
                    provider.getRealm(),
                    provider.getRemovedIdentityProvider(),
                    "DELETE");
        }
        if (event instanceof RealmModel.IdentityProviderUpdatedEvent provider) {
            return provider(
                    provider.getKeycloakSession(),
                    provider.getRealm(),
                    provider.getUpdatedIdentityProvider(),
                    "UPDATE");
        }
        if (event instanceof OrganizationModel.OrganizationRemovedEvent removed) {
            RealmModel realm = removed.getKeycloakSession().getContext().getRealm();
            OrganizationModel organization = removed.getOrganization();
            Target target = new Target(Target.ORGANIZATION, organization.getId(), organization.getName(), null, null);
            return realm == null
                    ? Optional.empty()
                    : raised(removed.getKeycloakSession(), DirectChange.of(realm.getId(), target, "DELETE"));
        }
        return Optional.empty();
    }

    private static Optional<Raised> role(RoleModel.RoleEvent event) {
        if (event instanceof RoleModel.RoleGrantedEvent granted) {
            return member(
                    event.getKeycloakSession(),
                    event.getRealm(),
                    granted.getUser(),
                    "roles.granted",
                    () -> ModelSnapshots.roleName(event.getRole()));
        }
        return event instanceof RoleModel.RoleRevokedEvent revoked
                ? member(
                        event.getKeycloakSession(),
                        event.getRealm(),
                        revoked.getUser(),
                        "roles.revoked",
                        () -> ModelSnapshots.roleName(event.getRole()))
                : Optional.empty();
    }

    private static Optional<Raised> group(GroupModel.GroupEvent event) {
        GroupModel group = event.getGroup();
        KeycloakSession session = event.getKeycloakSession();
        Supplier<String> path = () -> ModelToRepresentation.buildGroupPath(group);
        if (event instanceof GroupModel.GroupMemberJoinEvent join) {
            return member(session, event.getRealm(), join.getUser(), "groups.joined", path, membersOf(group));
        }
        if (event instanceof GroupModel.GroupMemberLeaveEvent leave) {
            return member(session, event.getRealm(), leave.getUser(), "groups.left", path, membersOf(group));
        }
        if (event.getRealm() == null) {
            return Optional.empty();
        }
        String operation = "UPDATE";
        if (event instanceof GroupModel.GroupCreatedEvent) {
            operation = "CREATE";
        } else if (event instanceof GroupModel.GroupRemovedEvent) {
            operation = "DELETE";
        }
        return raised(
                session, DirectChange.of(event.getRealm().getId(), target(group), operation, organizationOf(group)));
    }

    /** An organization keeps its members in a group of its own, which is told as the organization. */
    private static Target[] organizationOf(GroupModel group) {
        return group.getType() == GroupModel.Type.ORGANIZATION
                ? new Target[] {any("ORGANIZATION"), any("ORGANIZATION_MEMBERSHIP")}
                : new Target[0];
    }

    /** What tells of a group's members. */
    private static Target[] membersOf(GroupModel group) {
        Target[] organization = organizationOf(group);
        Target[] covering = Arrays.copyOf(organization, organization.length + 1);
        covering[organization.length] = target(group);
        return covering;
    }

    private static Target any(String type) {
        return new Target(type, null, null, null, null);
    }

    private static Optional<Raised> organization(OrganizationMembershipEvent event) {
        String member = null;
        if (event instanceof OrganizationMemberJoinEvent) {
            member = "organizations.joined";
        } else if (event instanceof OrganizationMemberLeaveEvent) {
            member = "organizations.left";
        }
        return member == null
                ? Optional.empty()
                : member(
                        event.getSession(),
                        event.getSession().getContext().getRealm(),
                        event.getUser(),
                        member,
                        () -> event.getOrganization().getName(),
                        any("ORGANIZATION_MEMBERSHIP"));
    }

    private static Optional<Raised> realm(KeycloakSession session, RealmModel realm, String operation) {
        Target target = new Target(Target.REALM, realm.getId(), realm.getName(), null, null);
        return raised(session, DirectChange.of(realm.getId(), target, operation));
    }

    private static Optional<Raised> removedRole(KeycloakSession session, RoleModel role) {
        String realmId = realmId(role);
        String clientId = role.isClientRole() ? role.getContainerId() : null;
        Target target = new Target(Target.ROLE, role.getId(), role.getName(), clientId, null);
        if (clientId == null) {
            return raised(session, DirectChange.of(realmId, target, "DELETE"));
        }
        Target client = new Target(Target.CLIENT, clientId, null, null, null);
        return raised(session, DirectChange.of(realmId, target, "DELETE", client));
    }

    private static String realmId(RoleModel role) {
        return role.getContainer() instanceof ClientModel client
                ? client.getRealm().getId()
                : role.getContainerId();
    }

    private static Optional<Raised> client(KeycloakSession session, ClientModel client, String operation) {
        Target target = new Target(Target.CLIENT, client.getId(), client.getClientId(), null, null);
        return raised(session, DirectChange.of(client.getRealm().getId(), target, operation));
    }

    private static Optional<Raised> provider(
            KeycloakSession session, RealmModel realm, IdentityProviderModel provider, String operation) {
        Target target = new Target(Target.IDENTITY_PROVIDER, null, provider.getAlias(), null, null);
        return raised(session, DirectChange.of(realm.getId(), target, operation));
    }

    private static Optional<Raised> scope(KeycloakSession session, ClientScopeModel scope, String operation) {
        Target target = new Target(Target.CLIENT_SCOPE, scope.getId(), scope.getName(), null, null);
        return raised(session, DirectChange.of(scope.getRealm().getId(), target, operation));
    }

    private static Optional<Raised> member(
            KeycloakSession session,
            @Nullable RealmModel realm,
            UserModel user,
            String member,
            Supplier<String> value,
            Target... coveredBy) {
        if (realm == null) {
            return Optional.empty();
        }
        String link = user.getServiceAccountClientLink();
        List<Target> covering =
                link == null ? List.of(coveredBy) : List.of(new Target(Target.CLIENT, link, null, null, null));
        return raised(session, new DirectChange(realm.getId(), target(user), covering, "UPDATE", member, value));
    }

    private static Target target(UserModel user) {
        return Target.user(user.getId(), user.getUsername());
    }

    private static Target target(GroupModel group) {
        return new Target(Target.GROUP, group.getId(), group.getName(), null, null);
    }

    private static Optional<Raised> raised(KeycloakSession session, DirectChange change) {
        return Optional.of(new Raised(session, change));
    }
}
