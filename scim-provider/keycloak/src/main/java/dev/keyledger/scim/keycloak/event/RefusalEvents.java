package dev.keyledger.scim.keycloak.event;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Records a changing request that was refused or failed, as an admin event of operation ACTION and resource type
 * {@value #RESOURCE_TYPE}.
 *
 * <p>Commit point: the request's transaction is rolled back first; only then does the event get a transaction of its own and is
 * committed there. A crash in between leaves neither the change nor the record, never a change without one. A failure that
 * shows only at the commit is recorded too, as status 500.
 */
public final class RefusalEvents {
    /** The resource type of these events; Keycloak has none that fits. */
    public static final String RESOURCE_TYPE = "SCIM_REQUEST";

    private final KeycloakSession session;
    private final Connection connection;
    private final RequestInfo request;
    private @Nullable ScimException refusal;

    /** Watches the transaction of this request from now on. */
    public RefusalEvents(KeycloakSession session, Connection connection, RequestInfo request) {
        this.session = session;
        this.connection = connection;
        this.request = request;
        session.getTransactionManager().enlistAfterCompletion(new AfterRollback());
    }

    /** Says why the request is going to be rolled back. */
    public void refused(ScimException why) {
        refusal = why;
    }

    private void record() {
        String realmId = session.getContext().getRealm().getId();
        AdminAuth auth = connection.auth();
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            own.getContext().setRealm(realm);
            UserModel user = own.users().getUserById(realm, auth.getUser().getId());
            ClientModel client =
                    own.clients().getClientById(realm, auth.getClient().getId());
            if (user != null && client != null) {
                raise(own, realm, new AdminAuth(realm, auth.getToken(), user, client));
            }
        });
    }

    private void raise(KeycloakSession own, RealmModel realm, AdminAuth auth) {
        ScimException why = Objects.requireNonNullElseGet(
                refusal, () -> ScimException.internal("the change could not be committed"));
        new AdminEventBuilder(realm, auth, own, session.getContext().getConnection())
                .operation(OperationType.ACTION)
                .resource(RESOURCE_TYPE)
                .resourcePath(request.path())
                .detail("scim.method", request.method())
                .detail("scim.connection", connection.name())
                .detail("scim.requestId", request.requestId())
                .detail("scim.status", Integer.toString(why.status()))
                .detail(
                        "scim.scimType",
                        why.scimType() == null ? null : why.scimType().keyword())
                .detail("scim.detail", why.detail())
                .success();
    }

    private final class AfterRollback extends AbstractKeycloakTransaction {
        @Override
        protected void commitImpl() {
            // the change is committed and has its own event
        }

        @Override
        protected void rollbackImpl() {
            record();
        }
    }
}
