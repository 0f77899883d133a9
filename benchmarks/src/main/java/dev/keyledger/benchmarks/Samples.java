package dev.keyledger.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON that the benchmarks of the SCIM core work on. */
final class Samples {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    /** A person as an identity provider sends one that has all of it. */
    static final String USER = """
            {'schemas':['urn:ietf:params:scim:schemas:core:2.0:User',
              'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
             'userName':'bjensen@example.com','externalId':'701984','active':true,
             'name':{'formatted':'Ms. Barbara J Jensen III','familyName':'Jensen','givenName':'Barbara','middleName':'Jane'},
             'displayName':'Babs Jensen','nickName':'Babs','title':'Tour Guide','userType':'Employee',
             'preferredLanguage':'en-US','locale':'en-US','timezone':'America/Los_Angeles',
             'emails':[{'value':'bjensen@example.com','type':'work','primary':true},
                       {'value':'babs@jensen.org','type':'home'}],
             'phoneNumbers':[{'value':'tel:+1-201-555-0123','type':'work'},{'value':'tel:+1-201-555-0124','type':'mobile'}],
             'addresses':[{'type':'work','streetAddress':'100 Universal City Plaza','locality':'Hollywood','region':'CA',
                           'postalCode':'91608','country':'US','formatted':'100 Universal City Plaza\\nHollywood, CA 91608 USA'}],
             'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User':{'employeeNumber':'701984','costCenter':'4130',
               'organization':'Universal Studios','division':'Theme Park','department':'Tour Operations'}}""";

    /** Five operations, of every kind, on that user. */
    static final String PATCH = """
            {'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp'],'Operations':[
              {'op':'replace','path':'active','value':false},
              {'op':'replace','path':'name.familyName','value':'Smith'},
              {'op':'replace','path':'emails[type eq \\'work\\'].value','value':'bsmith@example.com'},
              {'op':'add','path':'phoneNumbers','value':[{'value':'tel:+1-201-555-0199','type':'other'}]},
              {'op':'remove','path':'nickName'}]}""".replace("\\'", "\\\"");

    private Samples() {}

    /** JSON whose quotation marks may be single ones. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    /** A group of that many members. */
    static ObjectNode group(int members) {
        ObjectNode group =
                json("{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Group'],'id':'g1','displayName':'all'}");
        for (int i = 0; i < members; i++) {
            group.withArray("members").addObject().put("value", "member-" + i).put("type", "User");
        }
        return group;
    }
}
