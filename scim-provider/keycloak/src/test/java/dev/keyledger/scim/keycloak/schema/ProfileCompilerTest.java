package dev.keyledger.scim.keycloak.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import dev.keyledger.scim.schema.Uniqueness;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

class ProfileCompilerTest {
    private static final String OPEN = "'permissions':{'view':['admin'],'edit':['admin']}";

    @Test
    void anUntouchedProfileAddsNothing() {
        RealmSchema schema = Profiles.untouched();

        assertThat(schema.userType().schema().attributes())
                .usingElementComparator((a, b) -> a.name().compareTo(b.name()))
                .isEqualTo(CoreSchemas.USER.attributes());
        assertThat(extensions(schema)).containsExactly(CoreSchemas.ENTERPRISE_USER_URN);
        assertThat(attribute(schema, "userName").required()).isTrue();
        assertThat(attribute(schema, "emails").required()).isFalse();
        assertThat(attribute(schema, "emails.value").uniqueness()).isEqualTo(Uniqueness.SERVER);
    }

    @Test
    void theRealmsRulesForAddressesShow() {
        assertThat(attribute(Profiles.withAddresses(false, false), "emails.value")
                        .uniqueness())
                .isEqualTo(Uniqueness.NONE);
        assertThat(attribute(Profiles.withAddresses(true, true), "userName").description())
                .contains("e-mail address");
        assertThat(attribute(Profiles.untouched(), "userName").description()).doesNotContain("e-mail address");
    }

    @Test
    void everyAttributeIsKeptUnderItsUsualName() {
        RealmSchema schema = Profiles.untouched();

        assertThat(place(schema, "userName")).isEqualTo("username");
        assertThat(place(schema, "name.givenName")).isEqualTo("firstName");
        assertThat(place(schema, "name.middleName")).isEqualTo("middleName");
        assertThat(place(schema, "externalId")).isEqualTo("externalId");
        assertThat(place(schema, "phoneNumbers")).isEqualTo("phoneNumbers");
        assertThat(place(schema, CoreSchemas.ENTERPRISE_USER_URN + ":manager.value"))
                .isEqualTo("manager");
    }

    @Test
    void aProfileAttributeIsAnAttributeOfTheRealmsExtension() {
        AttributeDefinition badge = realm(Profiles.with("{'name':'badge','displayName':'Badge number'," + OPEN + "}"))
                .attribute("badge")
                .orElseThrow();

        assertThat(badge.type()).isEqualTo(AttributeType.STRING);
        assertThat(badge.multiValued()).isFalse();
        assertThat(badge.required()).isFalse();
        assertThat(badge.caseExact()).isTrue();
        assertThat(badge.mutability()).isEqualTo(Mutability.READ_WRITE);
        assertThat(badge.description()).isEqualTo("Badge number.");
    }

    @Test
    void validatorsSayTheType() {
        Schema realm = realm(Profiles.with(
                "{'name':'size','validations':{'integer':{}}," + OPEN + "}",
                "{'name':'quota','validations':{'double':{}}," + OPEN + "}",
                "{'name':'page','validations':{'uri':{}}," + OPEN + "}",
                "{'name':'second','validations':{'email':{}}," + OPEN + "}",
                "{'name':'hired','validations':{'iso-date':{}}," + OPEN + "}",
                "{'name':'site','multivalued':true,'validations':{'options':{'options':['Berlin','Rome']}}," + OPEN
                        + "}"));

        assertThat(realm.attributes())
                .extracting(AttributeDefinition::name, AttributeDefinition::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("hired", AttributeType.STRING),
                        org.assertj.core.groups.Tuple.tuple("page", AttributeType.REFERENCE),
                        org.assertj.core.groups.Tuple.tuple("quota", AttributeType.DECIMAL),
                        org.assertj.core.groups.Tuple.tuple("second", AttributeType.STRING),
                        org.assertj.core.groups.Tuple.tuple("site", AttributeType.STRING),
                        org.assertj.core.groups.Tuple.tuple("size", AttributeType.INTEGER));
        assertThat(realm.attribute("site").orElseThrow().canonicalValues()).containsExactly("Berlin", "Rome");
        assertThat(realm.attribute("site").orElseThrow().multiValued()).isTrue();
        assertThat(realm.attribute("second").orElseThrow().caseExact()).isFalse();
    }

    @Test
    void whatAdministratorsMayDoIsWhatClientsMayDo() {
        Schema realm = realm(Profiles.with(
                "{'name':'seen','permissions':{'view':['admin'],'edit':['user']}}",
                "{'name':'unseen','permissions':{'view':['user'],'edit':['user']}}",
                "{'name':'needed','required':{'roles':['admin']}," + OPEN + "}",
                "{'name':'neededOfUsers','required':{'roles':['user']}," + OPEN + "}",
                "{'name':'neededAlways','required':{}," + OPEN + "}"));

        assertThat(realm.attribute("seen").orElseThrow().mutability()).isEqualTo(Mutability.READ_ONLY);
        assertThat(realm.attribute("unseen")).isEmpty();
        assertThat(realm.attribute("needed").orElseThrow().required()).isTrue();
        assertThat(realm.attribute("neededOfUsers").orElseThrow().required()).isFalse();
        assertThat(realm.attribute("neededAlways").orElseThrow().required()).isTrue();
    }

    @Test
    void aProfileAttributeThatScimKnowsIsNotDoubled() {
        RealmSchema schema = Profiles.with(
                "{'name':'department','required':{'roles':['admin']}," + OPEN + "}",
                "{'name':'title','permissions':{'view':['admin'],'edit':[]}}",
                "{'name':'phoneNumbers','multivalued':true," + OPEN + "}");

        assertThat(extensions(schema)).containsExactly(CoreSchemas.ENTERPRISE_USER_URN);
        assertThat(attribute(schema, CoreSchemas.ENTERPRISE_USER_URN + ":department")
                        .required())
                .isTrue();
        assertThat(attribute(schema, "title").mutability()).isEqualTo(Mutability.READ_ONLY);
        assertThat(schema.isJudgedByProfile("title")).isTrue();
        assertThat(schema.isJudgedByProfile("photos")).isFalse();
    }

    @Test
    void theMappingOfKeycloaksOwnScimIsHonoured() {
        RealmSchema schema = Profiles.with(
                "{'name':'jobTitle','annotations':{'kc.scim.schema.attribute':'title'}," + OPEN + "}",
                "{'name':'title'," + OPEN + "}",
                "{'name':'boss','annotations':{'kc.scim.schema.attribute':"
                        + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value'}," + OPEN + "}",
                "{'name':'b','annotations':{'kc.scim.schema.attribute':'" + RealmSchema.REALM_URN + ":badge'}," + OPEN
                        + "}",
                "{'name':'f','annotations':{'kc.scim.schema.attribute':'urn:acme:1.0:User:desk.floor'}," + OPEN + "}");

        assertThat(place(schema, "title")).isEqualTo("jobTitle");
        assertThat(place(schema, RealmSchema.REALM_URN + ":title")).isEqualTo("title");
        assertThat(place(schema, CoreSchemas.ENTERPRISE_USER_URN + ":manager.value"))
                .isEqualTo("boss");
        assertThat(place(schema, RealmSchema.REALM_URN + ":badge")).isEqualTo("b");
        assertThat(place(schema, "urn:acme:1.0:User:desk.floor")).isEqualTo("f");
        assertThat(schema.names().notation("jobTitle")).isEqualTo("title");
    }

    @Test
    void aMappingThatCannotHoldLeavesTheAttributeInTheRealmsExtension() {
        RealmSchema schema = Profiles.with(
                "{'name':'a','annotations':{'kc.scim.schema.attribute':'phoneNumbers'}," + OPEN + "}",
                "{'name':'b','annotations':{'kc.scim.schema.attribute':'userName'}," + OPEN + "}",
                "{'name':'c','annotations':{'kc.scim.schema.attribute':'nonsense'}," + OPEN + "}",
                "{'name':'d','annotations':{'kc.scim.schema.attribute':'title'}," + OPEN + "}",
                "{'name':'e','annotations':{'kc.scim.schema.attribute':'title'}," + OPEN + "}");

        assertThat(realm(schema).attributes())
                .extracting(AttributeDefinition::name)
                .containsExactly("a", "b", "c", "e");
        assertThat(place(schema, "phoneNumbers")).isEqualTo("phoneNumbers");
        assertThat(place(schema, "userName")).isEqualTo("username");
    }

    @Test
    void aUrnIsOneExtensionInWhateverCaseItIsWritten() {
        RealmSchema schema = Profiles.with(
                "{'name':'a','annotations':{'kc.scim.schema.attribute':'urn:Acme:User:a'}," + OPEN + "}",
                "{'name':'b','annotations':{'kc.scim.schema.attribute':'URN:acme:user:b.'}," + OPEN + "}",
                "{'name':'c','annotations':{'kc.scim.schema.attribute':'" + CoreSchemas.GROUP_URN + ":c'}," + OPEN
                        + "}",
                "{'name':'d','annotations':{'kc.scim.schema.attribute':'urn:x:'}," + OPEN + "}");

        assertThat(extensions(schema))
                .containsExactly(CoreSchemas.ENTERPRISE_USER_URN, "urn:Acme:User", RealmSchema.REALM_URN);
        assertThat(realm(schema).attributes())
                .extracting(AttributeDefinition::name)
                .containsExactly("c", "d");
    }

    @Test
    void aNameThatScimCannotWriteIsWrittenAnotherWay() {
        RealmSchema schema = Profiles.with(
                "{'name':'address.street'," + OPEN + "}",
                "{'name':'address_street'," + OPEN + "}",
                "{'name':'2nd'," + OPEN + "}");

        assertThat(place(schema, RealmSchema.REALM_URN + ":address_street")).isEqualTo("address.street");
        assertThat(place(schema, RealmSchema.REALM_URN + ":address_street_")).isEqualTo("address_street");
        assertThat(place(schema, RealmSchema.REALM_URN + ":a2nd")).isEqualTo("2nd");
    }

    @Test
    void unmanagedAttributesAreWhatThePolicySays() {
        assertThat(extensions(Profiles.untouched())).doesNotContain(RealmSchema.REALM_URN);
        for (UnmanagedAttributePolicy policy : UnmanagedAttributePolicy.values()) {
            AttributeDefinition shoe =
                    realm(Profiles.with(policy)).attribute("shoeSize").orElseThrow();

            assertThat(shoe.multiValued()).isTrue();
            assertThat(shoe.mutability())
                    .isEqualTo(
                            policy == UnmanagedAttributePolicy.ADMIN_VIEW
                                    ? Mutability.READ_ONLY
                                    : Mutability.READ_WRITE);
        }
    }

    @Test
    void whatScimOrKeycloakKeepsForItselfIsNoUnmanagedAttribute() {
        Schema realm = realm(Profiles.with(UnmanagedAttributePolicy.ENABLED, "{'name':'badge'}"));

        for (String name : List.of(
                "emails",
                "EMAILS",
                "userName",
                "formattedName",
                "email",
                "firstName",
                "department",
                "badge",
                "LDAP_ID",
                "emails.value",
                "a b",
                "")) {
            assertThat(realm.attribute(name)).as(name).isEmpty();
        }
    }

    private static List<String> extensions(RealmSchema schema) {
        return schema.userType().extensions().stream()
                .map(ResourceType.Extension::schema)
                .map(Schema::id)
                .toList();
    }

    private static Schema realm(RealmSchema schema) {
        return schema.userType().extension(RealmSchema.REALM_URN).orElseThrow();
    }

    private static AttributeDefinition attribute(RealmSchema schema, String notation) {
        return AttributePath.resolve(notation, schema.userType()).orElseThrow().target();
    }

    private static String place(RealmSchema schema, String notation) {
        return schema.names().of(attribute(schema, notation));
    }
}
