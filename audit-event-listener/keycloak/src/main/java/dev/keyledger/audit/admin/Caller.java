package dev.keyledger.audit.admin;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Who asks, in the session of the request. */
record Caller(KeycloakSession session, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
    /** Throws unless the caller may change how the realm's log is kept, or end its halt. */
    void requireConfigure() {
        auth.realm().requireManageRealm();
    }
}
