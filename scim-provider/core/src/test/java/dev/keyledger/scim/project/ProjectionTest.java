package dev.keyledger.scim.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.message.SearchRequest;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
    private static final String URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-              | -          | schemas id userName name emails ENT",
                "userName       | -          | schemas id userName",
                "USERNAME,nope  | -          | schemas id userName",
                "name.givenName | -          | schemas id name",
                "emails         | userName   | schemas id emails",
                "emails[type eq \"work\"] | - | schemas id emails",
                "password       | -          | schemas id",
                "-              | emails,id  | schemas id userName name ENT",
                "ENT            | -          | schemas id ENT",
                "ENT:department | -          | schemas id ENT",
                "department     | -          | schemas id ENT",
                "-              | ENT        | schemas id userName name emails",
            })
    void showsWhatWasAskedForAndWhatIsAlwaysReturned(String attributes, String excluded, String shown)
            throws Exception {
        ObjectNode user = (ObjectNode) JsonMapper.builder().build().readTree("""
                {"schemas":["x"],"id":"1","userName":"a","password":"p","name":{"givenName":"G","familyName":"F"},
                 "emails":[{"value":"v","type":"work"}],"%s":{"department":"D","division":"V"}}""".formatted(URN));

        ObjectNode got = Projection.of(CoreSchemas.USER_TYPE, names(attributes), names(excluded))
                .apply(Resource.of(user));

        assertThat(got.fieldNames())
                .toIterable()
                .map(n -> n.replace(URN, "ENT"))
                .containsExactly(shown.split(" "));
        assertThat(got.at("/name/familyName").isMissingNode())
                .isEqualTo(!shown.contains("name ") || "name.givenName".equals(attributes));
    }

    private static List<String> names(String text) {
        return SearchRequest.names(text == null ? null : text.replace("ENT", URN));
    }
}
