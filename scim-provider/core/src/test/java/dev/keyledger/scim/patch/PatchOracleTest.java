package dev.keyledger.scim.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a patch makes of a resource, against UnboundID's: the whole resource afterwards must be the same. Left out, because there
 * UnboundID, which knows no schema, does otherwise: a value that is there already (it is added twice), a new primary value
 * (the old one stays primary), and everything that only a dialect makes valid.
 */
class PatchOracleTest {

    private static final String USER = """
            {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User'],'id':'u1','userName':'bjensen','active':true,
             'title':'Guide','name':{'givenName':'Barbara','familyName':'Jensen'},
             'emails':[{'value':'bj@example.com','type':'work','primary':true},{'value':'babs@example.com','type':'home'}],
             'phoneNumbers':[{'value':'1','type':'work'},{'value':'2','type':'work'},{'value':'3','type':'fax'}]}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'nickName','value':'Babs'}",
                "{'op':'add','path':'title','value':'Chief Guide'}",
                "{'op':'add','path':'name.middleName','value':'Jane'}",
                "{'op':'add','path':'name','value':{'middleName':'Jane'}}",
                "{'op':'add','value':{'nickName':'Babs','title':'Chief'}}",
                "{'op':'add','value':{'name':{'middleName':'Jane'}}}",
                "{'op':'add','path':'emails','value':[{'value':'n@e','type':'other'}]}",
                "{'op':'add','path':'emails','value':[{'value':'n@e','type':'other'},{'value':'m@e','type':'other'}]}",
                "{'op':'add','value':{'emails':[{'value':'n@e','type':'other'}]}}",
                "{'op':'add','path':'addresses','value':[{'locality':'Bonn','type':'work'}]}",
                "{'op':'add','path':'emails[type eq \"home\"].display','value':'Babs'}",
                "{'op':'replace','path':'title','value':'Chief'}",
                "{'op':'replace','path':'active','value':false}",
                "{'op':'replace','path':'nickName','value':'Babs'}",
                "{'op':'replace','path':'name.givenName','value':'B'}",
                "{'op':'replace','path':'name','value':{'givenName':'B'}}",
                "{'op':'replace','value':{'active':false,'title':'Chief'}}",
                "{'op':'replace','path':'emails','value':[{'value':'x@y'}]}",
                "{'op':'replace','path':'emails[type eq \"home\"].value','value':'x@y'}",
                "{'op':'replace','path':'emails[type eq \"home\"]','value':{'value':'x@y','type':'home'}}",
                "{'op':'replace','path':'phoneNumbers[type eq \"work\"].display','value':'desk'}",
                "{'op':'replace','path':'phoneNumbers[type eq \"work\" and value eq \"2\"].value','value':'22'}",
                "{'op':'remove','path':'title'}",
                "{'op':'remove','path':'name.givenName'}",
                "{'op':'remove','path':'name'}",
                "{'op':'remove','path':'emails'}",
                "{'op':'remove','path':'emails[type eq \"home\"]'}",
                "{'op':'remove','path':'phoneNumbers[type eq \"work\"]'}",
                "{'op':'remove','path':'phoneNumbers[type eq \"work\"].type'}",
                "{'op':'remove','path':'phoneNumbers[value gt \"1\" and not (type eq \"fax\")]'}",
            })
    void agreesWithUnboundId(String operation) throws JsonProcessingException, ScimException {
        ObjectNode theirs = json(USER);
        JsonUtils.getObjectReader()
                .forType(PatchOperation.class)
                .<PatchOperation>readValue(quoted(operation))
                .apply(theirs);
        ObjectNode body = json("{'schemas':['" + PatchRequest.URN + "'],'Operations':[" + operation + "]}");
        Resource ours = new PatchApplier(CoreSchemas.USER_TYPE)
                .apply(Resource.of(json(USER)), PatchRequest.parse(body, CoreSchemas.USER_TYPE));

        assertThat(ours.view()).isEqualTo(theirs);
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) JsonMapper.builder().build().readTree(quoted(text));
    }

    private static String quoted(String text) {
        return text.replace("\"", "\\\"").replace('\'', '"');
    }
}
