package dev.keyledger.scim.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.resource.Version;
import org.jspecify.annotations.Nullable;

/**
 * What a request to one resource came to, both for the response and for the audit event.
 *
 * @param status   200, 201, 204 or 304
 * @param resource the resource after the request (after a delete: before it), with its members only if they were read anyway
 * @param body     the response's body, or null for none
 * @param version  the value of the response's {@code ETag}; null after a delete, and where it was not read
 * @param location the absolute URI of the resource, for {@code Location} and {@code Content-Location}
 * @param change   the attributes that changed; empty if nothing did, and then there is nothing to record
 * @param members  what became of a group's members, or null; {@link #change} does not speak of them, because only the store
 *                 knows who was a member
 */
public record Outcome(
        int status,
        Resource resource,
        @Nullable ObjectNode body,
        @Nullable Version version,
        String location,
        Change change,
        @Nullable MembershipDelta members) {
    /** Whether the request changed anything or may have. */
    public boolean hasEffect() {
        return !change.isEmpty() || (members != null && !members.isEmpty());
    }
}
