package dev.keyledger.scim.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.MessageSchemas;
import dev.keyledger.scim.resource.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a POST to {@code /Bulk}. RFC 7644 section 3.7.
 *
 * @param failOnErrors after how many failed operations the rest is left undone; {@link Integer#MAX_VALUE} for never
 * @param operations   in the order of the request
 */
public record BulkRequest(int failOnErrors, List<BulkOperation> operations) {
    /** The message's schema. */
    public static final String URN = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    /** Copies the list. */
    public BulkRequest {
        operations = List.copyOf(operations);
    }

    /** The request that the body is; throws {@code invalidSyntax}, {@code invalidValue}, or 413 for too many operations. */
    public static BulkRequest parse(ObjectNode body, int maxOperations) {
        MessageSchemas.require(body, URN);
        JsonNode operations = Json.get(body, "Operations");
        if (operations == null || !operations.isArray() || operations.isEmpty()) {
            throw ScimException.invalidSyntax("Operations has to be a list of at least one operation");
        }
        if (operations.size() > maxOperations) {
            throw ScimException.payloadTooLarge(
                    "the Bulk has " + operations.size() + " operations, at most " + maxOperations + " are done");
        }
        List<BulkOperation> parsed = new ArrayList<>(operations.size());
        operations.forEach(operation -> parsed.add(BulkOperation.parse(operation)));
        return new BulkRequest(failOnErrors(Json.get(body, "failOnErrors")), parsed);
    }

    private static int failOnErrors(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return Integer.MAX_VALUE;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1) {
            throw ScimException.invalidValue("failOnErrors has to be a whole number from 1");
        }
        return value.intValue();
    }
}
