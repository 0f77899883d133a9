package dev.keyledger.scim.filter;

import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a filter over resources of several types comes to for those of one: an attribute that only other types have is
 * unassigned, and {@code meta.resourceType} is known. RFC 7644 section 3.4.2.1.
 *
 * @param isPossible whether any resource of the type can match
 * @param filter     which of them do, or null for all
 */
public record SharedFilter(boolean isPossible, @Nullable Filter filter) {
    private static final SharedFilter ALL = new SharedFilter(true, null);
    private static final SharedFilter NONE = new SharedFilter(false, null);

    /** The filter that the text is; throws {@code invalidFilter} for an attribute that none of the types has. */
    public static SharedFilter parse(@Nullable String text, ResourceType type, List<ResourceType> all) {
        return text == null || text.isBlank()
                ? ALL
                : Filter.parse(text, union(type, all)).accept(new Reduction(type));
    }

    /** The type with the attributes of the others, by their names and by the URNs of their schemas. */
    private static ResourceType union(ResourceType type, List<ResourceType> all) {
        List<AttributeDefinition> attributes = new ArrayList<>(type.schema().attributes());
        List<ResourceType.Extension> extensions = new ArrayList<>(type.extensions());
        ResourceType union = type;
        for (ResourceType other : all) {
            for (AttributeDefinition attribute : other.schema().attributes()) {
                if (union.attribute(attribute.name()).isEmpty()) {
                    attributes.add(attribute);
                }
            }
            List<ResourceType.Extension> foreign = new ArrayList<>(other.extensions());
            foreign.add(new ResourceType.Extension(other.schema(), false));
            for (ResourceType.Extension extension : foreign) {
                String urn = extension.schema().id();
                if (union.extension(urn).isEmpty()
                        && !urn.equalsIgnoreCase(type.schema().id())) {
                    extensions.add(extension);
                }
            }
            Schema own = type.schema();
            union = new ResourceType(
                    type.name(),
                    type.endpoint(),
                    type.description(),
                    new Schema(own.id(), own.name(), own.description(), attributes),
                    extensions);
        }
        return union;
    }

    private static SharedFilter of(boolean truth) {
        return truth ? ALL : NONE;
    }

    private static SharedFilter of(Filter filter) {
        return new SharedFilter(true, filter);
    }

    /** Takes out of a filter what is the same for every resource of the type. */
    private record Reduction(ResourceType type) implements FilterVisitor<SharedFilter> {
        @Override
        public SharedFilter visit(Filter.And and) {
            return join(and.operands(), NONE, ALL, Filter.And::new);
        }

        @Override
        public SharedFilter visit(Filter.Or or) {
            return join(or.operands(), ALL, NONE, Filter.Or::new);
        }

        private SharedFilter join(
                List<Filter> operands,
                SharedFilter deciding,
                SharedFilter neutral,
                Function<List<Filter>, Filter> join) {
            List<Filter> left = new ArrayList<>();
            for (Filter operand : operands) {
                SharedFilter reduced = operand.accept(this);
                if (reduced.equals(deciding)) {
                    return deciding;
                }
                if (reduced.filter != null) {
                    left.add(reduced.filter);
                }
            }
            return left.isEmpty() ? neutral : SharedFilter.of(left.size() == 1 ? left.get(0) : join.apply(left));
        }

        @Override
        public SharedFilter visit(Filter.Not not) {
            SharedFilter operand = not.operand().accept(this);
            return operand.filter == null
                    ? SharedFilter.of(!operand.isPossible)
                    : SharedFilter.of(new Filter.Not(operand.filter));
        }

        @Override
        public SharedFilter visit(Filter.Comparison comparison) {
            if (comparison.path().notation().equals("meta.resourceType")) {
                Resource any =
                        Resource.of(Json.object().set("meta", Json.object().put("resourceType", type.name())));
                return SharedFilter.of(comparison.matches(any));
            }
            return isForeign(comparison.path())
                    ? SharedFilter.of(comparison.operator() == Operator.NE)
                    : SharedFilter.of(comparison);
        }

        @Override
        public SharedFilter visit(Filter.Present present) {
            return isForeign(present.path()) ? NONE : SharedFilter.of(present);
        }

        @Override
        public SharedFilter visit(Filter.ValuePath valuePath) {
            return isForeign(valuePath.path()) ? NONE : SharedFilter.of(valuePath);
        }

        private boolean isForeign(AttributePath path) {
            Optional<?> known = path.extension() == null
                    ? type.attribute(path.attribute().name())
                    : type.extension(path.extension());
            return known.isEmpty();
        }
    }
}
