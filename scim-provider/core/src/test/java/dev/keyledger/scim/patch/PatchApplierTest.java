package dev.keyledger.scim.patch;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchApplierTest {
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final Resource USER = Resource.of(json("""
            {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'id':'u1','userName':'bjensen','active':true,
             'title':'Guide','name':{'givenName':'Barbara','familyName':'Jensen'},
             'emails':[{'value':'bj@example.com','type':'work','primary':true},{'value':'babs@example.com','type':'home'}]}"""));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                // the RFC's forms
                "{'op':'add','path':'nickName','value':'Babs'} | /nickName | 'Babs'",
                "{'op':'replace','path':'name.givenName','value':'B'} | /name | {'givenName':'B','familyName':'Jensen'}",
                "{'op':'replace','path':'name','value':{'givenName':'B'}} | /name | {'givenName':'B','familyName':'Jensen'}",
                "{'op':'remove','path':'title'} | /title | ",
                "{'op':'remove','path':'active'} | /active | ",
                "{'op':'remove','path':'name.givenName'} | /name | {'familyName':'Jensen'}",
                "{'op':'remove','path':'emails'} | /emails | ",
                "{'op':'remove','path':'emails[type eq \"home\"]'} | /emails | [{'value':'bj@example.com','type':'work','primary':true}]",
                "{'op':'replace','path':'emails[type eq \"home\"].value','value':'x@y'} | /emails/1/value | 'x@y'",
                "{'op':'replace','path':'emails[type eq \"home\"]','value':{'value':'x@y'}} | /emails/1 | {'value':'x@y'}",
                "{'op':'replace','path':'emails','value':[{'value':'x@y'}]} | /emails | [{'value':'x@y'}]",
                "{'op':'replace','value':{'active':false,'title':'T'}} | /active | false",
                "{'op':'add','path':'emails','value':[{'value':'n@e','type':'other','primary':true}]} | /emails/0/primary | false",
                "{'op':'add','path':'emails','value':[{'value':'babs@example.com','type':'home'}]} | /emails/2 | ",
                "{'op':'replace','path':'title','value':null} | /title | ",
                // Entra's
                "{'op':'Replace','path':'active','value':'False'} | /active | false",
                "{'op':'Add','path':'emails[type eq \"other\"].value','value':'n@e'} | /emails/2 | {'value':'n@e','type':'other'}",
                "{'op':'Add','path':'emails[type eq \"work\"].value','value':'n@e'} | /emails/0/value | 'n@e'",
                "{'op':'Replace','path':'emails[primary eq \"True\"].value','value':'n@e'} | /emails/0/value | 'n@e'",
                "{'op':'Replace','value':{'name.givenName':'B','emails[type eq \"home\"].value':'h@e'}} | /emails/1/value | 'h@e'",
                "{'op':'Replace','path':'active','value':[{'$ref':null,'value':'False'}]} | /active | false",
                "{'op':'Replace','path':'active','value':['FALSE']} | /active | false",
                "{'op':'Add','path':'title','value':[{'value':'T'}]} | /title | 'T'",
                "{'op':'Add','path':'title','value':{'value':'T'}} | /title | 'T'",
                "{'op':'Replace','path':'emails[type eq \"work\"].value','value':[{'value':'n@e'}]} | /emails/0/value | 'n@e'",
                "{'op':'Replace','path':'emails[type eq \"home\"]','value':'n@e'} | /emails/1 | {'value':'n@e','type':'home'}",
                "{'op':'replace','path':'emails[type eq \"home\"]','value':[{'value':'n@e'}]} | /emails/1 | {'value':'n@e'}",
                "{'op':'Replace','value':{'emails[type eq \"other\"].value':'n@e'}} | /emails/2 | {'value':'n@e','type':'other'}",
                "{'op':'Replace','path':'title','value':''} | /title | ",
                "{'op':'Remove','path':'emails','value':[{'value':'babs@example.com','type':'home'}]} | /emails/1 | ",
                "{'op':'Remove','path':'emails','value':{'value':'babs@example.com'}} | /emails/1 | ",
                "{'op':'Remove','path':'emails','value':'babs@example.com'} | /emails/1 | ",
                "{'op':'add','path':'schemas','value':['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']} | /schemas/1 | ",
                // Okta's
                "{'op':'replace','value':{'id':'u1','title':'T'}} | /title | 'T'",
            })
    void appliesEveryForm(String operation, String pointer, String wanted) {
        JsonNode got = apply(operation).view().at(pointer);

        assertThat(got.isMissingNode() ? null : got).isEqualTo(wanted == null ? null : value(wanted));
    }

    @Test
    void buildsOneElementOfSeveralOperationsOnAnAbsentValue() {
        Resource after = apply("{'op':'Add','path':'addresses[type eq \"work\"].locality','value':'Bonn'},"
                + "{'op':'Add','path':'addresses[type eq \"work\"].country','value':'DE'}");

        assertThat(after.get("addresses")).isEqualTo(value("[{'locality':'Bonn','country':'DE','type':'work'}]"));
    }

    @Test
    void takesAManagerAsABareIdAndExtensionAttributesByUrnKeys() {
        Resource after = apply("{'op':'Add','path':'" + ENTERPRISE + ":manager','value':'m1'},"
                + "{'op':'Add','value':{'" + ENTERPRISE + ":department':'Sales','" + ENTERPRISE
                + "':{'division':'North'}}}");

        assertThat(after.get(ENTERPRISE))
                .isEqualTo(value("{'manager':{'value':'m1'},'department':'Sales','division':'North'}"));
        assertThat(after.get("schemas")).hasSize(2);
    }

    @Test
    void passesOverSchemasWithinTheValueOfAnExtension() {
        Resource after = apply("{'op':'add','path':'" + ENTERPRISE + "','value':{'schemas':['" + ENTERPRISE
                + "'],'department':'Sales'}}");

        assertThat(after.get(ENTERPRISE)).isEqualTo(value("{'department':'Sales'}"));
    }

    @Test
    void addsManyValuesInTimeThatGrowsWithTheirNumber() {
        StringBuilder values = new StringBuilder("{'value':'babs@example.com','display':'B'}");
        IntStream.range(0, 20_000).forEach(i -> values.append(",{'value':'" + i % 9_000 + "','type':'" + i + "'}"));
        Resource after = assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> apply("{'op':'add','path':'emails','value':[" + values + "]}"));

        assertThat(after.get("emails")).hasSize(20_002);
        assertThat(after.view().at("/emails/1"))
                .isEqualTo(value("{'value':'babs@example.com','display':'B','type':'home'}"));
    }

    @Test
    void refusesToRemoveMoreThanItCanCompare() {
        String many = "{'op':'remove','path':'emails','value':[" + "'a',".repeat(PatchApplier.MAX_STEPS) + "'a']}";
        assertThatThrownBy(() -> apply(many))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isEqualTo(ScimType.TOO_MANY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'m1'",
                "{'value':'m1'}",
                "[{'value':'m1','$ref':null}]",
                "['m1']",
                "{'VALUE':'m1','displayName':'M'}"
            })
    void takesAManagerInEveryForm(String value) {
        for (String path :
                List.of(ENTERPRISE + ":manager", ENTERPRISE + ".manager", ENTERPRISE.toUpperCase(ROOT) + ":Manager")) {
            assertThat(apply("{'op':'Replace','path':'" + path + "','value':" + value + "}")
                            .get(ENTERPRISE))
                    .isEqualTo(value("{'manager':{'value':'m1'}}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "null", "{'value':''}", "[]", "{}"})
    void aManagerWithoutAValueIsNoManager(String value) {
        String path = "'path':'" + ENTERPRISE + ":manager','value':";
        Resource after = apply("{'op':'Add'," + path + "'m1'},{'op':'Replace'," + path + value + "}");

        assertThat(after.get(ENTERPRISE)).isNull();
        assertThat(after.get("schemas")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'op':'replace','path':'emails[type eq \"nosuch\"].value','value':'x'} | noTarget",
                "{'op':'remove','path':'emails[type eq \"nosuch\"]'} | noTarget",
                "{'op':'add','path':'emails[type sw \"nosuch\"].value','value':'x'} | noTarget",
                "{'op':'remove'} | noTarget",
                "{'op':'remove','path':'userName'} | mutability",
                "{'op':'remove','path':'schemas'} | mutability",
                "{'op':'add','path':'schemas','value':['urn:nobody:knows']} | invalidValue",
                "{'op':'remove','path':'emails','value':[{'value':'nobody@example.com'}]} | noTarget",
                "{'op':'remove','path':'emails','value':''} | invalidValue",
                "{'op':'remove','path':'emails','value':[]} | invalidValue",
                "{'op':'replace','path':'title','value':5} | invalidValue",
                "{'op':'add','path':'title','value':[{'value':'a'},{'value':'b'}]} | invalidValue",
                "{'op':'add','path':'name','value':{'givenName':'a','GIVENNAME':'b'}} | invalidSyntax",
                "{'op':'replace','path':'id','value':'x'} | mutability",
                "{'op':'add','path':'groups','value':[{'value':'g'}]} | mutability",
                "{'op':'replace','value':{'id':'other'}} | mutability",
                "{'op':'replace','path':'meta.created','value':'2020-01-01T00:00:00Z'} | mutability",
                "{'op':'replace','path':'nosuch','value':'x'} | invalidPath",
                "{'op':'replace','value':{'nosuch':'x'}} | invalidPath",
                "{'op':'replace','path':'emails[type eq','value':'x'} | invalidPath",
                "{'op':'replace','path':'name[givenName pr]','value':'x'} | invalidPath",
                "{'op':'replace','path':'emails[type is 5]','value':'x'} | invalidFilter",
                "{'op':'replace','path':'active','value':'maybe'} | invalidValue",
                "{'op':'add','path':'title'} | invalidValue",
                "{'op':'add','path':'title','value':{'a':1}} | invalidValue",
                "{'op':'replace','path':'title','value':{'value':'a','display':'b'}} | invalidValue",
                "{'op':'replace','path':'active','value':[{'value':false,'type':'work'}]} | invalidValue",
                "{'op':'replace','path':'emails[type eq \"home\"]','value':[{'value':'a@e'},{'value':'b@e'}]} | invalidValue",
                "{'op':'replace','path':'userName','value':''} | invalidValue",
                "{'op':'move','path':'title','value':'x'} | invalidSyntax",
                "{'path':'title','value':'x'} | invalidSyntax",
                "5 | invalidSyntax",
            })
    void refusesAndChangesNothing(String operation, String scimType) {
        Resource before = Resource.copyOf(USER.view());

        assertThatThrownBy(() -> apply("{'op':'replace','path':'title','value':'changed'}," + operation))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isNotNull())
                .satisfies(e -> assertThat(String.valueOf(e.scimType())).isEqualToIgnoringCase(constant(scimType)));
        assertThat(USER).isEqualTo(before);
    }

    private static String constant(String keyword) {
        return keyword.replaceAll("([A-Z])", "_$1");
    }

    private static Resource apply(String operations) {
        ObjectNode body = json("{'schemas':['" + PatchRequest.URN + "'],'Operations':[" + operations + "]}");
        return new PatchApplier(CoreSchemas.USER_TYPE).apply(USER, PatchRequest.parse(body, CoreSchemas.USER_TYPE));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) value(text);
    }

    private static JsonNode value(String text) {
        try {
            return JsonMapper.builder()
                    .build()
                    .readTree(text.replace("\"", "\\\"").replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
