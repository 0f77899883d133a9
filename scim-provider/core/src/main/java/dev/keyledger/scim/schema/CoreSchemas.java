package dev.keyledger.scim.schema;

import static dev.keyledger.scim.schema.AttributeDefinition.complex;
import static dev.keyledger.scim.schema.AttributeDefinition.reference;
import static dev.keyledger.scim.schema.AttributeDefinition.string;

import java.util.List;

/** The schemas of RFC 7643 section 4 as section 8.7 defines them, and the resource types made of them. */
public final class CoreSchemas {
    /** The URN of the User schema. */
    public static final String USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";

    /** The URN of the Group schema. */
    public static final String GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";

    /** The URN of the Enterprise User extension. */
    public static final String ENTERPRISE_USER_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /** The attributes that every resource has: {@code schemas}, {@code id}, {@code externalId}, {@code meta}. RFC 7643 section 3. */
    public static final Schema COMMON = new Schema("", "Common", "Attributes of every resource", commonAttributes());

    /** RFC 7643 section 4.1. */
    public static final Schema USER = new Schema(USER_URN, "User", "User Account", userAttributes());

    /** RFC 7643 section 4.2; {@code displayName} is required, as the section's text says. */
    public static final Schema GROUP = new Schema(GROUP_URN, "Group", "Group", groupAttributes());

    /** RFC 7643 section 4.3. */
    public static final Schema ENTERPRISE_USER =
            new Schema(ENTERPRISE_USER_URN, "EnterpriseUser", "Enterprise User", enterpriseAttributes());

    /** Users with the Enterprise extension at {@code /Users}. */
    public static final ResourceType USER_TYPE = new ResourceType(
            "User", "/Users", "User Account", USER, List.of(new ResourceType.Extension(ENTERPRISE_USER, false)));

    /** Groups at {@code /Groups}. */
    public static final ResourceType GROUP_TYPE = new ResourceType("Group", "/Groups", "Group", GROUP, List.of());

    private CoreSchemas() {}

    private static List<AttributeDefinition> commonAttributes() {
        return List.of(
                reference("schemas", "uri")
                        .asMultiValued()
                        .asRequired()
                        .with(Returned.ALWAYS)
                        .withDescription("The URNs of the schemas that the resource is made of."),
                string("id")
                        .asCaseExact()
                        .with(Mutability.READ_ONLY)
                        .with(Returned.ALWAYS)
                        .with(Uniqueness.SERVER)
                        .withDescription("The service provider's identifier of the resource, never reused."),
                string("externalId")
                        .asCaseExact()
                        .withDescription("The provisioning client's identifier of the resource."),
                complex(
                                "meta",
                                readOnly(string("resourceType").asCaseExact())
                                        .withDescription("The name of the resource type."),
                                readOnly(AttributeDefinition.of("created", AttributeType.DATE_TIME))
                                        .withDescription("When the resource was created."),
                                readOnly(AttributeDefinition.of("lastModified", AttributeType.DATE_TIME))
                                        .withDescription("When the resource last changed."),
                                readOnly(reference("location", "uri")).withDescription("The URI of the resource."),
                                readOnly(string("version").asCaseExact())
                                        .withDescription("The version of the resource, an entity tag."))
                        .with(Mutability.READ_ONLY)
                        .withDescription("What the service provider knows about the resource itself."));
    }

    private static List<AttributeDefinition> userAttributes() {
        return List.of(
                string("userName")
                        .asRequired()
                        .with(Uniqueness.SERVER)
                        .withDescription("The name with which the user logs in, unique regardless of case."),
                complex(
                                "name",
                                string("formatted").withDescription("The full name, ready for display."),
                                string("familyName").withDescription("The family name."),
                                string("givenName").withDescription("The given name."),
                                string("middleName").withDescription("The middle names."),
                                string("honorificPrefix").withDescription("Titles before the name, for example Dr."),
                                string("honorificSuffix").withDescription("Suffixes after the name, for example III."))
                        .withDescription("The parts of the user's name."),
                string("displayName").withDescription("The name shown to other people."),
                string("nickName").withDescription("The casual name."),
                reference("profileUrl", "external").withDescription("A page about the user."),
                string("title").withDescription("The job title, for example Vice President."),
                string("userType").withDescription("The relation to the organization, for example Contractor."),
                string("preferredLanguage").withDescription("The preferred languages, as in Accept-Language."),
                string("locale").withDescription("The locale for currency, dates and numbers, for example en-US."),
                string("timezone").withDescription("The time zone, for example America/Los_Angeles."),
                AttributeDefinition.of("active", AttributeType.BOOLEAN)
                        .withDescription(
                                "Whether the user may log in: true of a new user unless said otherwise, and nobody may whose value was removed."),
                string("password")
                        .asCaseExact()
                        .with(Mutability.WRITE_ONLY)
                        .with(Returned.NEVER)
                        .withDescription("A new password in clear text, never shown."),
                multi("emails", string("value"), "work", "home", "other").withDescription("E-mail addresses."),
                multi("phoneNumbers", string("value"), "work", "home", "mobile", "fax", "pager", "other")
                        .withDescription("Telephone numbers."),
                multi("ims", string("value"), "aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo")
                        .withDescription("Instant messaging addresses."),
                multi("photos", reference("value", "external"), "photo", "thumbnail")
                        .withDescription("URLs of photos of the user."),
                addresses(),
                complex(
                                "groups",
                                readOnly(string("value").asCaseExact()).withDescription("The id of the group."),
                                readOnly(reference("$ref", "User", "Group")).withDescription("The URI of the group."),
                                readOnly(string("display")).withDescription("The name of the group."),
                                readOnly(string("type").withCanonicalValues("direct", "indirect"))
                                        .withDescription("Whether the membership is direct."))
                        .asMultiValued()
                        .with(Mutability.READ_ONLY)
                        .withDescription("The groups that the user belongs to."),
                multi("entitlements", string("value")).withDescription("What the user is entitled to."),
                multi("roles", string("value")).withDescription("The user's roles."),
                multi("x509Certificates", AttributeDefinition.of("value", AttributeType.BINARY))
                        .withDescription("Certificates of the user, DER in Base64."));
    }

    private static AttributeDefinition addresses() {
        return complex(
                        "addresses",
                        string("formatted").withDescription("The full address, ready for display."),
                        string("streetAddress").withDescription("Street, number and the like."),
                        string("locality").withDescription("The city."),
                        string("region").withDescription("The state or region."),
                        string("postalCode").withDescription("The postal code."),
                        string("country").withDescription("The country, ISO 3166-1 alpha-2."),
                        string("type")
                                .withCanonicalValues("work", "home", "other")
                                .withDescription("What the address is for."),
                        primary())
                .asMultiValued()
                .withDescription("Postal addresses.");
    }

    private static List<AttributeDefinition> groupAttributes() {
        return List.of(
                string("displayName").asRequired().withDescription("The name of the group."),
                complex(
                                "members",
                                immutable(string("value").asCaseExact()).withDescription("The id of the member."),
                                immutable(reference("$ref", "User", "Group")).withDescription("The URI of the member."),
                                immutable(string("type").withCanonicalValues("User", "Group"))
                                        .withDescription("The resource type of the member."),
                                readOnly(string("display"))
                                        .with(Returned.REQUEST)
                                        .withDescription("The name of the member, shown if asked for."))
                        .asMultiValued()
                        .withDescription("The members of the group."));
    }

    private static List<AttributeDefinition> enterpriseAttributes() {
        return List.of(
                string("employeeNumber").withDescription("The number that the organization gave the person."),
                string("costCenter").withDescription("The cost center."),
                string("organization").withDescription("The organization."),
                string("division").withDescription("The division."),
                string("department").withDescription("The department."),
                complex(
                                "manager",
                                string("value").asCaseExact().withDescription("The id of the manager's User resource."),
                                reference("$ref", "User").withDescription("The URI of the manager."),
                                readOnly(string("displayName")).withDescription("The name of the manager."))
                        .withDescription("The user's manager."));
    }

    private static AttributeDefinition multi(String name, AttributeDefinition value, String... types) {
        return complex(
                        name,
                        value.withDescription("The value itself."),
                        string("display").withDescription("A form of the value for people."),
                        string("type").withCanonicalValues(types).withDescription("What the value is for."),
                        primary())
                .asMultiValued();
    }

    private static AttributeDefinition primary() {
        return AttributeDefinition.of("primary", AttributeType.BOOLEAN)
                .withDescription("Whether this is the preferred value; at most one.");
    }

    private static AttributeDefinition readOnly(AttributeDefinition definition) {
        return definition.with(Mutability.READ_ONLY);
    }

    private static AttributeDefinition immutable(AttributeDefinition definition) {
        return definition.with(Mutability.IMMUTABLE);
    }
}
