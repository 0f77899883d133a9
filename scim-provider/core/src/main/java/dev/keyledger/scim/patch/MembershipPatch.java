package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.patch.MembershipDelta.Selected;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PATCH of a group, taken apart: what concerns its members, as a delta, and the rest.
 *
 * @param delta what becomes of the members
 * @param rest  the operations on other attributes, perhaps none
 */
public record MembershipPatch(MembershipDelta delta, PatchRequest rest) {
    /**
     * The parts of the request; empty if an operation selects members by anything but their {@code value}, so that the members
     * have to be loaded.
     */
    public static Optional<MembershipPatch> split(PatchRequest request) {
        Memberships members = new Memberships();
        List<PatchOperation> rest = new ArrayList<>();
        for (PatchOperation operation : request.operations()) {
            if (!isMembers(operation)) {
                rest.add(operation);
            } else if (!members.apply(operation)) {
                return Optional.empty();
            }
        }
        return Optional.of(new MembershipPatch(members.delta(), new PatchRequest(rest)));
    }

    /** Whether it asks of nothing but who comes and who goes: not who stays, and no other attribute. */
    public boolean isOfMembersAlone() {
        return rest.operations().isEmpty() && !delta.replacesAll() && !delta.isEmpty();
    }

    /** The delta that leads from one list of members to the other. */
    public static MembershipDelta between(Resource before, Resource after) {
        Map<String, ObjectNode> old = members(before.get(MembershipDelta.ATTRIBUTE));
        Map<String, ObjectNode> added = members(after.get(MembershipDelta.ATTRIBUTE));
        Set<Selected> removed = new LinkedHashSet<>();
        old.keySet().stream().filter(id -> !added.containsKey(id)).forEach(id -> removed.add(Selected.of(id)));
        added.keySet().removeAll(old.keySet());
        return new MembershipDelta(false, added, removed);
    }

    /** The member objects of a normalised list by their {@code value}; null is an empty list. */
    public static Map<String, ObjectNode> members(@Nullable JsonNode list) {
        Map<String, ObjectNode> members = new LinkedHashMap<>();
        for (JsonNode member : list == null ? Json.array() : list) {
            JsonNode value = member.get("value");
            if (!(member instanceof ObjectNode object)
                    || value == null
                    || value.textValue().isBlank()) {
                throw ScimException.invalidValue("a member has no value");
            }
            members.put(value.textValue(), object);
        }
        return members;
    }

    private static boolean isMembers(PatchOperation operation) {
        return operation.path().path().extension() == null
                && operation.path().path().attribute().name().equals(MembershipDelta.ATTRIBUTE);
    }
}
