/**
 * The REST API by which a realm's administrators manage its connections: {@code /admin/realms/{realm}/keyledger}.
 *
 * <p>Every change is an admin event. Errors are {@code {"error":"...","error_description":"..."}}, and nothing was changed.
 *
 * <p>Place: beside the endpoint of SCIM; nothing stands on it.
 */
@NullMarked
package dev.keyledger.scim.keycloak.admin;

import org.jspecify.annotations.NullMarked;
