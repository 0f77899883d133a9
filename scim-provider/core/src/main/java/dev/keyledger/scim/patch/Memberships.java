package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.patch.MembershipDelta.Selected;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.validate.AttributeValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the operations of one request so far make of a group's members; each costs what it names, whatever came before. */
final class Memberships {
    private boolean replacesAll;
    private final Map<String, ObjectNode> added = new LinkedHashMap<>();
    private final Map<String, Set<Selected>> removed = new LinkedHashMap<>();

    /** All of it, as a delta. */
    MembershipDelta delta() {
        Set<Selected> gone = new LinkedHashSet<>();
        removed.values().forEach(gone::addAll);
        return new MembershipDelta(replacesAll, added, gone);
    }

    /** Does what the operation on members says; false if that takes the members, as a removal by any other filter does. */
    boolean apply(PatchOperation operation) {
        PatchPath path = operation.path();
        if (path.path().subAttribute() != null) {
            return false;
        }
        Filter filter = path.filter();
        if (filter != null) {
            List<Selected> selection = new ArrayList<>();
            return operation instanceof PatchOperation.Remove
                    && collect(filter, selection)
                    && selection.stream().allMatch(this::remove);
        }
        AttributeDefinition attribute = path.path().attribute();
        if (operation instanceof PatchOperation.Add add) {
            add(MembershipPatch.members(AttributeValues.normalise(attribute, add.value())));
        } else if (operation instanceof PatchOperation.Replace replace) {
            replaceAll(MembershipPatch.members(AttributeValues.normalise(attribute, replace.value())));
        } else {
            replaceAll(Map.of());
        }
        return true;
    }

    private void replaceAll(Map<String, ObjectNode> members) {
        replacesAll = true;
        removed.clear();
        added.clear();
        added.putAll(members);
    }

    private void add(Map<String, ObjectNode> members) {
        added.putAll(members);
        members.keySet().forEach(removed::remove);
    }

    /** False if it is not known without the members who is left: if a type is asked for and nobody said it. */
    private boolean remove(Selected selected) {
        ObjectNode member = added.get(selected.value());
        if (member != null && selected.type() != null && !member.path("type").isTextual()) {
            return false;
        }
        if (member == null || selected.allows(member.path("type").asText())) {
            added.remove(selected.value());
            if (!replacesAll) {
                removed.computeIfAbsent(selected.value(), value -> new LinkedHashSet<>())
                        .add(selected);
            }
        }
        return true;
    }

    private static boolean collect(Filter filter, List<Selected> selection) {
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
