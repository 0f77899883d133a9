package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import java.util.List;

/** The documents behind {@code /Schemas} and {@code /ResourceTypes}, written from the model. RFC 7643 sections 6 and 7. */
public final class SchemaDocument {
    private static final String SCHEMA_URN = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    private static final String TYPE_URN = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";

    private SchemaDocument() {}

    /** The document of a schema. */
    public static ObjectNode of(Schema schema, String baseUri) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(SCHEMA_URN);
        json.put("id", schema.id());
        json.put("name", schema.name());
        json.put("description", schema.description());
        json.set("attributes", attributes(schema.attributes()));
        meta(json, "Schema", baseUri + "/Schemas/" + schema.id());
        return json;
    }

    /** The document of a resource type. */
    public static ObjectNode of(ResourceType type, String baseUri) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(TYPE_URN);
        json.put("id", type.name());
        json.put("name", type.name());
        json.put("endpoint", type.endpoint());
        json.put("description", type.description());
        json.put("schema", type.schema().id());
        if (!type.extensions().isEmpty()) {
            ArrayNode extensions = json.putArray("schemaExtensions");
            for (ResourceType.Extension extension : type.extensions()) {
                extensions.addObject().put("schema", extension.schema().id()).put("required", extension.required());
            }
        }
        meta(json, "ResourceType", baseUri + "/ResourceTypes/" + type.name());
        return json;
    }

    private static ArrayNode attributes(List<AttributeDefinition> definitions) {
        ArrayNode array = Json.array();
        for (AttributeDefinition definition : definitions) {
            ObjectNode json = array.addObject();
            json.put("name", definition.name());
            json.put("type", definition.type().keyword());
            json.put("multiValued", definition.multiValued());
            json.put("description", definition.description());
            json.put("required", definition.required());
            if (!definition.canonicalValues().isEmpty()) {
                definition.canonicalValues().forEach(json.putArray("canonicalValues")::add);
            }
            json.put("caseExact", definition.caseExact());
            json.put("mutability", definition.mutability().keyword());
            json.put("returned", definition.returned().keyword());
            json.put("uniqueness", definition.uniqueness().keyword());
            if (!definition.referenceTypes().isEmpty()) {
                definition.referenceTypes().forEach(json.putArray("referenceTypes")::add);
            }
            if (definition.isComplex()) {
                json.set("subAttributes", attributes(definition.subAttributes()));
            }
        }
        return array;
    }

    private static void meta(ObjectNode json, String type, String location) {
        json.putObject("meta").put("resourceType", type).put("location", location);
    }
}
