package dev.keyledger.audit.admin;

import dev.keyledger.audit.privacy.Entries;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Who asks, in the session of the request, and what they may do with the log of the realm. That they may read it is
 * checked at the door.
 */
record Caller(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
    /** When the caller's token ends, in epoch milliseconds. */
    long until() {
        Long seconds = auth.adminAuth().getToken().getExp();
        return seconds == null ? Long.MAX_VALUE : TimeUnit.SECONDS.toMillis(seconds);
    }

    /** The names of the roles beyond reading that the caller has, for pages that offer nobody what would be refused. */
    List<String> rights() {
        return Stream.of(AuditRole.values())
                .filter(this::has)
                .map(AuditRole::label)
                .toList();
    }

    /** Throws a 403 unless the caller may take entries out in bulk. */
    void requireExport() {
        require(AuditRole.EXPORT);
    }

    /**
     * Makes an entry that somebody takes entries out, committed when this returns.
     *
     * @param size of the log that is exported
     * @param filters that say which entries
     */
    void recordExport(RealmLog log, String format, long size, Map<String, String> filters) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("origin", log.epoch().origin());
        facts.put("format", format);
        facts.put("size", Long.toString(size));
        filters.forEach((name, value) -> facts.put("filter." + name, value));
        log.runtime().recordUse(session, log.realmId(), "EXPORT", facts);
    }

    /** Makes the entries of what the caller does with what a log holds about people. */
    Entries entries(RealmLog log) {
        return log.runtime().entries(session);
    }

    /** Throws a 403 unless the caller may change how the realm's log is kept, or end its halt. */
    void requireConfigure() {
        require(AuditRole.CONFIGURE);
    }

    /** Throws a 403 unless the caller may erase people, and decide who must not be. */
    void requireErase() {
        require(AuditRole.ERASE);
    }

    private void require(AuditRole wanted) {
        if (!has(wanted)) {
            throw BadRequest.forbidden("this needs the role " + wanted.label() + " of the realm's management client");
        }
    }

    /** The token must have the role, and so must the user: a client's mapper can put any role into a token. */
    private boolean has(AuditRole wanted) {
        AdminAuth admin = auth.adminAuth();
        boolean ofAdminRealm = admin.getRealm().getName().equals(Config.getAdminRealm());
        ClientModel client = ofAdminRealm
                ? realm.getMasterAdminClient()
                : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        RoleModel role = client == null ? null : client.getRole(wanted.label());
        return role != null && admin.getUser().hasRole(role) && auth.hasOneAdminRole(wanted.label());
    }
}
