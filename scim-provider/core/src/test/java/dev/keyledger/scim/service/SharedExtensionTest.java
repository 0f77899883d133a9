package dev.keyledger.scim.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.patch.PatchApplier;
import dev.keyledger.scim.patch.PatchRequest;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import dev.keyledger.scim.validate.ResourceValidator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An extension that others write too, and that may carry attributes which its schema does not list. */
class SharedExtensionTest {
    private static final String URN = "urn:example:User";
    private static final Schema OPEN = new Schema(
                    URN,
                    "Open",
                    "",
                    List.of(
                            AttributeDefinition.string("badge"),
                            AttributeDefinition.string("seen").with(Mutability.READ_ONLY)))
            .openTo(name -> name.matches("[xX].*")
                    ? Optional.of(AttributeDefinition.string(name).asMultiValued())
                    : Optional.empty());
    private static final ResourceType TYPE = new ResourceType(
            "User", "/Users", "", CoreSchemas.USER, List.of(new ResourceType.Extension(OPEN, false, true)));
    private static final Resource BEFORE =
            user("'" + URN + "':{'badge':'1','seen':'yes','xShoe':['43'],'xHat':['57']}");

    @Test
    void unlistedAttributesAreAttributes() {
        Resource created = new ResourceValidator(TYPE).toCreate(json(body("'" + URN + "':{'xShoe':'43','other':1}")));

        assertThat(created.get(URN)).isEqualTo(json("{'xShoe':['43']}"));
        assertThat(Projection.of(TYPE, List.of(URN + ":xshoe"), List.of())
                        .apply(BEFORE)
                        .get(URN))
                .isEqualTo(json("{'xShoe':['43']}"));
        assertThat(Change.between(TYPE, null, created).after()).containsKey(URN + ":xShoe");
    }

    @Test
    void aPatchFindsThemInAnyCaseAndKeepsTheirSpelling() {
        assertThat(patched("{'op':'remove','path':'" + URN + ":XSHOE'}").get(URN))
                .isEqualTo(json("{'badge':'1','seen':'yes','xHat':['57']}"));
        assertThat(patched("{'op':'add','path':'" + URN + ":xSHOE','value':'44'}")
                        .get(URN))
                .isEqualTo(json("{'badge':'1','seen':'yes','xShoe':['43','44'],'xHat':['57']}"));
        assertThatThrownBy(() -> patched("{'op':'remove','path':'" + URN + "'}"))
                .isInstanceOf(ScimException.class);
    }

    @Test
    void aPutWithoutTheExtensionLeavesIt() {
        assertThat(replaced("'title':'T'").get(URN)).isEqualTo(BEFORE.get(URN));
    }

    @Test
    void aPutWithTheExtensionReplacesAllButWhatIsReadOnly() {
        assertThat(replaced("'" + URN + "':{'badge':'2','seen':'no','xHat':['58']}")
                        .get(URN))
                .isEqualTo(json("{'badge':'2','xHat':['58'],'seen':'yes'}"));
        assertThat(replaced("'" + URN + "':{}").get(URN)).isEqualTo(json("{'seen':'yes'}"));
    }

    @Test
    void tooManyAttributesAreRefused() {
        StringBuilder many = new StringBuilder("'" + URN + "':{'badge':'1'");
        for (int i = 0; i < 500; i++) {
            many.append(",'x").append(i).append("':['v']");
        }

        assertThatThrownBy(() -> new ResourceValidator(TYPE).toCreate(json(body(many + "}"))))
                .isInstanceOf(ScimException.class);
    }

    private static Resource replaced(String members) {
        return new ResourceValidator(TYPE).toReplace(json(body(members)), BEFORE, Resource.of(Json.object()));
    }

    private static Resource patched(String operation) {
        ObjectNode request =
                json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[" + operation + "]}");
        return new PatchApplier(TYPE).apply(BEFORE, PatchRequest.parse(request, TYPE));
    }

    private static Resource user(String members) {
        return Resource.of(json(body("'id':'1','active':true," + members)));
    }

    private static String body(String members) {
        return "{'schemas':['" + CoreSchemas.USER_URN + "'],'userName':'anna'," + members + "}";
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JsonMapper.builder().build().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
