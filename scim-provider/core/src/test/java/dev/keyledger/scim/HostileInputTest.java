package dev.keyledger.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.patch.MembershipPatch;
import dev.keyledger.scim.patch.PatchApplier;
import dev.keyledger.scim.patch.PatchPath;
import dev.keyledger.scim.patch.PatchRequest;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.JsonBody;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.validate.ResourceValidator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever comes in, the core answers or refuses: nothing but a {@link ScimException} of status 400 or 413 comes out, soon, and
 * what went in to be changed is as it was. Inputs are made of the grammar, of good input with bad places, and of noise;
 * {@code -Djqwik.tries.default} says how many.
 */
class HostileInputTest extends HostileInput {
    private static final long LIMIT_NANOS = 5_000_000_000L;
    private static final Resource USER = Resource.of(object("""
            {"schemas":["%s"],"id":"u1","userName":"bjensen","active":true,"title":"Guide",
             "name":{"givenName":"Barbara","familyName":"Jensen"},
             "emails":[{"value":"bj@example.com","type":"work","primary":true},{"value":"babs@example.com"}],
             "groups":[{"value":"g1","display":"G"}],"meta":{"resourceType":"User"}}""".formatted(CoreSchemas.USER_URN)));
    private static final Resource GROUP = Resource.of(object("""
            {"schemas":["%s"],"id":"g1","displayName":"G","members":[{"value":"u1","type":"User"},{"value":"u2"}]}""".formatted(CoreSchemas.GROUP_URN)));

    private static final Map<ResourceType, Resource> EXAMPLES =
            Map.of(CoreSchemas.USER_TYPE, USER, CoreSchemas.GROUP_TYPE, GROUP);

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyFilterIsReadOrRefused(@ForAll("filter") String text) {
        bounded(() -> Filter.parse(text, CoreSchemas.USER_TYPE)).ifPresent(filter -> {
            filter.matches(USER);
            assertThat(Filter.parse(filter.toString(), CoreSchemas.USER_TYPE)).isEqualTo(filter);
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyPathIsReadOrRefused(@ForAll("path") String text) {
        bounded(() -> PatchPath.parse(text, CoreSchemas.USER_TYPE))
                .ifPresent(path -> assertThat(PatchPath.parse(path.toString(), CoreSchemas.USER_TYPE))
                        .isEqualTo(path));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyPatchIsDoneAsAWholeOrNotAtAll(@ForAll("patch") JsonNode body) {
        for (Map.Entry<ResourceType, Resource> each : EXAMPLES.entrySet()) {
            ResourceType type = each.getKey();
            Resource before = each.getValue();
            ObjectNode copy = before.toJson();
            bounded(() -> {
                        PatchRequest request = PatchRequest.parse((ObjectNode) body, type);
                        return new PatchApplier(type).apply(before, request);
                    })
                    .ifPresent(after -> assertThat(after.id()).isEqualTo(before.id()));
            bounded(() -> MembershipPatch.split(PatchRequest.parse((ObjectNode) body, type)));
            assertThat(before.view()).isEqualTo(copy);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyResourceIsNormalOnceItIsAccepted(@ForAll("resource") JsonNode body) {
        EXAMPLES.forEach((type, before) -> {
            ResourceValidator validator = new ResourceValidator(type);
            bounded(() -> validator.toCreate((ObjectNode) body))
                    .ifPresent(accepted ->
                            assertThat(validator.toCreate(accepted.toJson())).isEqualTo(accepted));
            bounded(() -> validator.toReplace((ObjectNode) body, before, Resource.of(Json.object())));
        });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anyBodyIsReadOrRefused(@ForAll("bytes") byte[] bytes) {
        bounded(() -> new JsonBody(4096).parse(bytes));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anySearchIsReadOrRefused(@ForAll("search") JsonNode body) {
        bounded(() -> SearchRequest.parse((ObjectNode) body)).ifPresent(search -> {
            assertThat(search.startIndex()).isPositive();
            assertThat(search.count() == null || search.count() >= 0).isTrue();
            Projection.of(CoreSchemas.USER_TYPE, search.attributes(), search.excludedAttributes())
                    .apply(USER);
        });
    }

    private static <T> Optional<T> bounded(Supplier<T> attempt) {
        long start = System.nanoTime();
        try {
            return Optional.of(attempt.get());
        } catch (ScimException refused) {
            assertThat(refused.status()).isIn(400, 413);
            assertThat(refused.detail().length()).isLessThanOrEqualTo(ScimException.MAX_DETAIL);
            return Optional.empty();
        } finally {
            assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
        }
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JsonMapper.builder().build().readTree(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
