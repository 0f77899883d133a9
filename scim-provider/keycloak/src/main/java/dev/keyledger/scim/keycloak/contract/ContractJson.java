package dev.keyledger.scim.keycloak.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.stream.Collectors;

/**
 * A contract as JSON: {@code {"name":"okta","kind":"okta","client":"scim-okta","paused":false}}. A member that is missing has
 * its default; one that nobody knows is an error, so that a slip of the pen changes nothing unnoticed. Pure and thread-safe.
 */
public final class ContractJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private ContractJson() {}

    /**
     * The contract of that name; the JSON may repeat the name and must not say another.
     *
     * @throws IllegalArgumentException with the member that is wrong, and what it should be
     */
    public static Contract parse(String name, String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (!(tree instanceof ObjectNode object)) {
                throw new IllegalArgumentException("the body is no JSON object");
            }
            JsonNode said = object.path("name");
            if (!said.isMissingNode() && !said.asText().equals(name)) {
                throw new IllegalArgumentException(
                        "name is \"" + said.asText() + "\" in the body and \"" + name + "\" in the path");
            }
            object.put("name", name);
            if (!object.hasNonNull("client") && !name.equals(Contract.BUILT_IN)) {
                object.put("client", "scim-" + name);
            }
            complete(object);
            return MAPPER.treeToValue(object, Contract.class);
        } catch (UnrecognizedPropertyException e) {
            throw new IllegalArgumentException(path(e) + " is no setting of a connection", e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(reason(e), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Of the policy, what is not said is what the kind of client wants. */
    private static void complete(ObjectNode contract) {
        JsonNode said = contract.path("policy");
        if (said.isMissingNode() || said.isObject()) {
            ObjectNode policy = MAPPER.valueToTree(
                    Policy.of(Kind.named(contract.path("kind").asText())));
            said.properties().stream()
                    .filter(member -> !member.getValue().isNull())
                    .forEach(member -> policy.set(member.getKey(), member.getValue()));
            contract.set("policy", policy);
        }
    }

    /** The contract with all its settings; never a secret, because it has none. */
    public static ObjectNode toJson(Contract contract) {
        return MAPPER.valueToTree(contract);
    }

    private static String reason(JsonMappingException e) {
        return e.getCause() instanceof IllegalArgumentException rule
                ? String.valueOf(rule.getMessage())
                : path(e) + " does not fit: " + e.getOriginalMessage();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }
}
