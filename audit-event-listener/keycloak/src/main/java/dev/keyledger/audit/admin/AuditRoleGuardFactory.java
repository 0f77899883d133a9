package dev.keyledger.audit.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Lets nobody give away an {@link AuditRole} that they have not got, be it to a user, to a group or as a part of another
 * role. Keycloak does so for its own admin roles only; without this, {@code manage-users} would be enough to give
 * oneself any right over the log. The request is refused when its transaction is to be committed, and nothing changes.
 */
public final class AuditRoleGuardFactory implements EventListenerProviderFactory {
    private static final Set<String> GRANTS = Set.of("CLIENT_ROLE_MAPPING", "REALM_ROLE", "CLIENT_ROLE");

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public String getId() {
        return "keyledger-audit-roles";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Guard(session, mapper);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    private record Guard(KeycloakSession session, ObjectMapper mapper) implements EventListenerProvider {
        @Override
        public void onEvent(Event event) {}

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {
            if (!GRANTS.contains(event.getResourceTypeAsString()) || event.getRepresentation() == null) {
                return;
            }
            // Keycloak swallows what a listener throws; what the commit throws it does not.
            try {
                List<RoleModel> granted = granted(event);
                if (!granted.isEmpty()) {
                    AuthDetails auth = event.getAuthDetails();
                    atCommit(() -> granted.forEach(role -> check(auth, role)));
                }
            } catch (RuntimeException e) {
                atCommit(() -> {
                    throw e;
                });
            }
        }

        private void check(@Nullable AuthDetails auth, RoleModel role) {
            if (!hasHad(auth, role)) {
                throw BadRequest.forbidden("nobody gives away " + role.getName() + " who has not got it");
            }
        }

        /** The audit roles that the event gives. The names in it are what the client sent: an id says more. */
        private List<RoleModel> granted(AdminEvent event) {
            List<RoleModel> granted = new ArrayList<>();
            RealmModel realm = session.realms().getRealm(event.getRealmId());
            if (realm == null) {
                return granted;
            }
            for (JsonNode told : parse(event.getRepresentation())) {
                String id = told.path("id").textValue();
                add(granted, id == null ? null : realm.getRoleById(id));
                // A new role names what it is to consist of.
                told.path("composites").path("client").properties().forEach(parts -> {
                    ClientModel client = realm.getClientByClientId(parts.getKey());
                    parts.getValue()
                            .forEach(part -> add(granted, client == null ? null : client.getRole(part.asText())));
                });
            }
            return granted;
        }

        private static void add(List<RoleModel> granted, @Nullable RoleModel role) {
            if (role != null
                    && AuditRole.labels().contains(role.getName())
                    && role.getContainer() instanceof ClientModel client
                    && isManagement(client)) {
                granted.add(role);
            }
        }

        private static boolean isManagement(ClientModel client) {
            boolean ofAdminRealm = client.getRealm().getName().equals(Config.getAdminRealm());
            return ofAdminRealm
                    ? client.getClientId().endsWith(AdminRoles.APP_SUFFIX)
                    : client.getClientId().equals(Constants.REALM_MANAGEMENT_CLIENT_ID);
        }

        private Iterable<JsonNode> parse(String json) {
            try {
                JsonNode told = mapper.readTree(json);
                return told.isArray() ? told : List.of(told);
            } catch (JsonProcessingException e) {
                // Not a list of roles, then.
                return List.of();
            }
        }

        /** As it was before this transaction: an admin who gives a role to themselves has it by now. */
        private boolean hasHad(@Nullable AuthDetails auth, RoleModel role) {
            if (auth == null || auth.getUserId() == null) {
                return false;
            }
            String containersRealm =
                    ((ClientModel) role.getContainer()).getRealm().getId();
            return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), job -> {
                RealmModel admins = job.realms().getRealm(auth.getRealmId());
                job.getContext().setRealm(admins);
                UserModel admin = admins == null ? null : job.users().getUserById(admins, auth.getUserId());
                RoleModel wanted = job.realms().getRealm(containersRealm).getRoleById(role.getId());
                return admin != null && wanted != null && (admin.hasRole(wanted) || rules(admins, admin));
            });
        }

        /** Who has the admin realm's {@code admin} has everything, in every realm. */
        private static boolean rules(RealmModel admins, UserModel admin) {
            RoleModel all = admins.getName().equals(Config.getAdminRealm()) ? admins.getRole(AdminRoles.ADMIN) : null;
            return all != null && admin.hasRole(all);
        }

        private void atCommit(Runnable check) {
            session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
                @Override
                protected void commitImpl() {
                    check.run();
                }

                @Override
                protected void rollbackImpl() {}
            });
        }

        @Override
        public void close() {}
    }
}
