package dev.keyledger.scim.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import org.jspecify.annotations.Nullable;

/** The value that a filter describes: {@code type eq "work" and primary eq true} gives {@code {"type":"work","primary":true}}. */
final class FilterSeed {
    private FilterSeed() {}

    /** The value, an empty one for no filter, or null if the filter does not say what the value is. */
    static @Nullable ObjectNode of(@Nullable Filter filter) {
        ObjectNode seed = Json.object();
        return filter == null || fill(seed, filter) ? seed : null;
    }

    private static boolean fill(ObjectNode seed, Filter filter) {
        if (filter instanceof Filter.And and) {
            return and.operands().stream().allMatch(operand -> fill(seed, operand));
        }
        if (filter instanceof Filter.Comparison comparison && comparison.operator() == Operator.EQ) {
            AttributeDefinition part = comparison.path().subAttribute();
            if (part != null && !seed.has(part.name())) {
                seed.set(part.name(), comparison.value());
                return true;
            }
        }
        return false;
    }
}
