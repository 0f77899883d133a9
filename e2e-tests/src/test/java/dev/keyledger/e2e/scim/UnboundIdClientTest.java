package dev.keyledger.e2e.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ForbiddenException;
import com.unboundid.scim2.common.exceptions.NotModifiedException;
import com.unboundid.scim2.common.exceptions.PreconditionFailedException;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.exceptions.UnauthorizedException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.PhoneNumber;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.UserResource;
import com.unboundid.scim2.common.utils.JsonUtils;
import dev.keyledger.e2e.SharedServer;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.http.HttpClient;
import java.util.List;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.jnh.connector.JavaNetHttpClientProperties;
import org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A client that others wrote, UnboundID's SCIM 2 SDK, understands everything it is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnboundIdClientTest {

    private final Client http = ClientBuilder.newClient(new ClientConfig()
            .connectorProvider(new JavaNetHttpConnectorProvider())
            .property(JavaNetHttpClientProperties.HTTP_VERSION, HttpClient.Version.HTTP_1_1));
    private ScimService scim = service("", "");
    private String base = "";

    @BeforeAll
    void connect() {
        String realm = SharedServer.POSTGRES.freshRealm("unboundid");
        base = ScimClient.connect(SharedServer.POSTGRES, realm).http().base();
        scim = service(
                base, SharedServer.POSTGRES.admin().serviceAccountToken(realm, "provisioning", "provisioning-secret"));
    }

    @AfterAll
    void disconnect() {
        http.close();
    }

    @Test
    void discoversWhatThereIs() throws ScimException {
        ServiceProviderConfigResource config = scim.getServiceProviderConfig();
        assertThat(config.getPatch().isSupported()).isTrue();
        assertThat(config.getFilter().isSupported()).isTrue();
        assertThat(config.getFilter().getMaxResults()).isPositive();
        assertThat(config.getSort().isSupported()).isTrue();
        assertThat(config.getEtag().isSupported()).isTrue();
        assertThat(config.getBulk()).isNotNull();
        assertThat(config.getAuthenticationSchemes())
                .anySatisfy(scheme -> assertThat(scheme.getType()).isEqualTo("oauthbearertoken"));

        ListResponse<ResourceTypeResource> types = scim.getResourceTypes();
        assertThat(types.getResources())
                .extracting(ResourceTypeResource::getName)
                .contains("User", "Group");
        for (ResourceTypeResource type : types) {
            assertThat(scim.getResourceType(type.getName())).isEqualTo(type);
            SchemaResource schema = scim.getSchema(String.valueOf(type.getSchema()));
            assertThat(schema.getAttributes()).isNotEmpty();
        }
        assertThat(scim.getSchemas().getTotalResults()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void createsReadsReplacesAndDeletesAUser() throws ScimException {
        UserResource sent = user("life");
        UserResource created = scim.create("Users", sent);
        assertThat(created.getMeta().getLocation().toString()).isEqualTo(base + "/Users/" + created.getId());
        assertThat(created.getMeta().getResourceType()).isEqualTo("User");
        assertThat(created.getExtension(EnterpriseUserExtension.class))
                .isEqualTo(sent.getExtension(EnterpriseUserExtension.class));
        assertThat(scim.retrieve("Users", created.getId(), UserResource.class)).isEqualTo(created);
        assertThat(scim.retrieve(created)).isEqualTo(created);

        UserResource replaced =
                scim.replaceRequest(created.setTitle("Chief")).ifMatch().invoke();
        assertThat(replaced.getTitle()).isEqualTo("Chief");
        assertThat(replaced.getMeta().getVersion())
                .isNotEqualTo(created.getMeta().getVersion());
        assertThat(replaced.getMeta().getCreated()).isEqualTo(created.getMeta().getCreated());

        scim.deleteRequest(replaced).invoke();
        assertThatThrownBy(() -> scim.retrieve(replaced)).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void modifiesInEveryForm() throws ScimException {
        UserResource created = scim.create("Users", user("modified"));
        UserResource modified = scim.modifyRequest(created)
                .replaceValue("name.givenName", "Grace")
                .addValues("phoneNumbers", new PhoneNumber().setValue("+1 555").setType("work"))
                .replaceValue("emails[type eq \"work\"].display", "At work")
                .replaceValue("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "Sales")
                .removeValues("nickName")
                .invoke();

        assertThat(modified.getName().getGivenName()).isEqualTo("Grace");
        assertThat(modified.getPhoneNumbers()).extracting(PhoneNumber::getValue).containsExactly("+1 555");
        assertThat(modified.getEmails()).extracting(Email::getDisplay).containsExactly("At work");
        assertThat(modified.getExtension(EnterpriseUserExtension.class).getDepartment())
                .isEqualTo("Sales");
        assertThat(modified.getNickName()).isNull();
        assertThat(scim.retrieve(created)).isEqualTo(modified);
    }

    @Test
    void findsSortsAndPages() throws ScimException {
        for (String name : List.of("page-b", "page-a", "page-c")) {
            scim.create("Users", user(name));
        }
        Filter filter =
                Filter.and(Filter.sw("userName", "page-"), Filter.hasComplexValue("emails", Filter.eq("type", "work")));
        ListResponse<UserResource> page = scim.searchRequest("Users")
                .filter(filter)
                .sort("userName", SortOrder.DESCENDING)
                .page(2, 1)
                .attributes("userName")
                .invoke(UserResource.class);

        assertThat(page.getTotalResults()).isEqualTo(3);
        assertThat(page.getStartIndex()).isEqualTo(2);
        assertThat(page.getItemsPerPage()).isEqualTo(1);
        assertThat(page.getResources()).extracting(UserResource::getUserName).containsExactly("page-b");
        assertThat(page.getResources().get(0).getName()).isNull();
        assertThat(scim.searchRequest("Users")
                        .filter(filter)
                        .sort("userName", SortOrder.ASCENDING)
                        .invokePost(UserResource.class)
                        .getResources())
                .extracting(UserResource::getUserName)
                .containsExactly("page-a", "page-b", "page-c");
        assertThat(scim.search("Users", "userName eq \"PAGE-A\"", UserResource.class)
                        .getTotalResults())
                .isOne();
    }

    @Test
    void changesOnlyTheVersionItKnows() throws ScimException {
        UserResource first = scim.create("Users", user("versioned"));
        assertThatThrownBy(() -> scim.retrieveRequest("Users", first.getId())
                        .ifNoneMatch(first.getMeta().getVersion())
                        .invoke(UserResource.class))
                .isInstanceOf(NotModifiedException.class);
        UserResource second = scim.modifyRequest(first)
                .ifMatch()
                .replaceValue("title", "Second")
                .invoke();

        assertThatThrownBy(() -> scim.modifyRequest(first)
                        .ifMatch()
                        .replaceValue("title", "Lost")
                        .invoke())
                .isInstanceOf(PreconditionFailedException.class);
        assertThatThrownBy(() -> scim.replaceRequest(first).ifMatch().invoke())
                .isInstanceOf(PreconditionFailedException.class);
        assertThatThrownBy(() -> scim.deleteRequest("Users", first.getId())
                        .ifMatch(first.getMeta().getVersion())
                        .invoke())
                .isInstanceOf(PreconditionFailedException.class);
        assertThat(scim.retrieve(first)).isEqualTo(second);
    }

    @Test
    void understandsEveryRefusal() throws ScimException {
        UserResource there = scim.create("Users", user("there"));
        ResourceConflictException taken =
                catchThrowableOfType(ResourceConflictException.class, () -> scim.create("Users", user("THERE")));
        assertThat(taken.getScimError().getScimType()).isEqualTo("uniqueness");
        assertThat(scimType(() -> scim.search("Users", "nothing eq \"x\"", UserResource.class)))
                .isEqualTo("invalidFilter");
        assertThat(scimType(() ->
                        scim.modifyRequest(there).replaceValue("nothing", "x").invoke()))
                .isEqualTo("invalidPath");
        assertThat(scimType(
                        () -> scim.modifyRequest(there).replaceValue("id", "x").invoke()))
                .isEqualTo("mutability");
        assertThat(scimType(() -> scim.modifyRequest(there)
                        .replaceValue("emails[type eq \"home\"].value", "x@example.com")
                        .invoke()))
                .isEqualTo("noTarget");
        assertThatThrownBy(() -> scim.retrieve("Users", "nobody", UserResource.class))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> service(base, "no-token").search("Users", "userName pr", UserResource.class))
                .isInstanceOf(UnauthorizedException.class);
        assertThatThrownBy(() -> scim.searchRequest("Schemas").filter("name pr").invoke(SchemaResource.class))
                .isInstanceOf(ForbiddenException.class);
        assertThat(scim.retrieve(there)).isEqualTo(there);
    }

    @Test
    void keepsAGroup() throws ScimException {
        UserResource one = scim.create("Users", user("member-one"));
        UserResource two = scim.create("Users", user("member-two"));
        GroupResource group = scim.create(
                "Groups", new GroupResource().setDisplayName("Kept").setMembers(new Member().setValue(one.getId())));
        assertThat(group.getMembers()).extracting(Member::getValue).containsExactly(one.getId());
        assertThat(group.getMembers().get(0).getRef().toString()).endsWith("/Users/" + one.getId());

        GroupResource modified = scim.modifyRequest(group)
                .addValues("members", new Member().setValue(two.getId()))
                .removeValues("members[value eq \"" + one.getId() + "\"]")
                .attributes("members", "displayName")
                .invoke();
        assertThat(modified.getMembers()).extracting(Member::getValue).containsExactly(two.getId());
        assertThat(scim.retrieve("Users", two.getId(), UserResource.class).getGroups())
                .extracting(com.unboundid.scim2.common.types.Group::getValue)
                .containsExactly(group.getId());
        scim.delete("Groups", group.getId());
        assertThatThrownBy(() -> scim.retrieve("Groups", group.getId(), GroupResource.class))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private static String scimType(org.assertj.core.api.ThrowableAssert.ThrowingCallable refused) {
        return String.valueOf(catchThrowableOfType(BadRequestException.class, refused)
                .getScimError()
                .getScimType());
    }

    private ScimService service(String at, String token) {
        ClientRequestFilter authorize = request -> request.getHeaders().putSingle("Authorization", "Bearer " + token);
        return new ScimService(http.target(at)
                .register(new JacksonJsonProvider(JsonUtils.createObjectMapper()))
                .register(authorize));
    }

    private static UserResource user(String userName) {
        UserResource user = new UserResource()
                .setUserName(userName)
                .setActive(true)
                .setNickName("Nick")
                .setName(new Name().setGivenName("Given").setFamilyName("Family"))
                .setEmails(new Email()
                        .setValue(userName + "@example.com")
                        .setType("work")
                        .setPrimary(true));
        user.setExtension(new EnterpriseUserExtension().setDepartment("Tours").setEmployeeNumber("42"));
        return user;
    }
}
