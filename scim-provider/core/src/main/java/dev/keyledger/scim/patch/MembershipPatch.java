package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.patch.MembershipDelta.Selected;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.validate.AttributeValues;
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
        MembershipDelta delta = MembershipDelta.none();
        // a removal of many by a list has become one operation for each: those that follow each other are done at once
        Set<Selected> leaving = new LinkedHashSet<>();
        List<PatchOperation> rest = new ArrayList<>();
        for (PatchOperation operation : request.operations()) {
            Filter filter = operation.path().filter();
            if (!isMembers(operation)) {
                rest.add(operation);
            } else if (filter == null || !removesMembers(operation) || !collect(filter, leaving)) {
                MembershipDelta next = then(without(delta, leaving), operation);
                if (next == null) {
                    return Optional.empty();
                }
                leaving.clear();
                delta = next;
            }
        }
        MembershipDelta last = without(delta, leaving);
        return last == null ? Optional.empty() : Optional.of(new MembershipPatch(last, new PatchRequest(rest)));
    }

    private static boolean removesMembers(PatchOperation operation) {
        return operation instanceof PatchOperation.Remove
                && operation.path().path().subAttribute() == null;
    }

    private static @Nullable MembershipDelta without(MembershipDelta delta, Set<Selected> leaving) {
        if (leaving.isEmpty()) {
            return delta;
        }
        return delta.canRemove(leaving) ? delta.thenRemove(leaving) : null;
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

    /** What the operation makes of the delta; null if that takes the members, as a removal by any other filter does. */
    private static @Nullable MembershipDelta then(@Nullable MembershipDelta delta, PatchOperation operation) {
        PatchPath path = operation.path();
        if (delta == null || path.path().subAttribute() != null || path.filter() != null) {
            return null;
        }
        AttributeDefinition attribute = path.path().attribute();
        if (operation instanceof PatchOperation.Remove) {
            return MembershipDelta.exactly(Map.of());
        }
        return operation instanceof PatchOperation.Add add
                ? delta.thenAdd(members(AttributeValues.normalise(attribute, add.value())))
                : operation instanceof PatchOperation.Replace replace
                        ? MembershipDelta.exactly(members(AttributeValues.normalise(attribute, replace.value())))
                        : null;
    }

    private static boolean collect(Filter filter, Set<Selected> selection) {
        if (filter instanceof Filter.Or or) {
            return or.operands().stream().allMatch(operand -> collect(operand, selection));
        }
        String value = wanted(filter, "value");
        String type = null;
        if (filter instanceof Filter.And and && and.operands().size() == 2) {
            int at = wanted(and.operands().get(0), "value") == null ? 1 : 0;
            value = wanted(and.operands().get(at), "value");
            type = wanted(and.operands().get(1 - at), "type");
            if (type == null) {
                return false;
            }
        }
        if (value != null) {
            selection.add(new Selected(value, type));
        }
        return value != null;
    }

    /** The text that the part of a member has to equal, or null if the filter says something else. */
    private static @Nullable String wanted(Filter filter, String part) {
        return filter instanceof Filter.Comparison comparison
                        && comparison.operator() == Operator.EQ
                        && comparison.path().target().name().equals(part)
                ? comparison.value().textValue()
                : null;
    }
}
