package dev.keyledger.scim.keycloak.event;

import org.jspecify.annotations.Nullable;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;

/** Where a request came from that is over, or that never was: what is done later has no address. */
@SuppressWarnings("NullAway") // Keycloak's interface is not annotated, and its events take null
record Address(@Nullable String address) implements ClientConnection {
    /** That of the session's request, or none outside of one. */
    static ClientConnection of(KeycloakSession session) {
        ClientConnection connection = session.getContext().getConnection();
        return connection == null ? new Address(null) : connection;
    }

    @Override
    public @Nullable String getRemoteAddr() {
        return address;
    }

    @Override
    public @Nullable String getRemoteHost() {
        return address;
    }

    @Override
    public int getRemotePort() {
        return 0;
    }

    @Override
    public String getLocalAddr() {
        return "";
    }

    @Override
    public int getLocalPort() {
        return 0;
    }
}
