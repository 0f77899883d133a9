package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.net.HttpCookie;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is provisioned logs in by the connection's identity provider, and is asked nothing at the first time. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokeredLoginTest {
    private static final String CALLBACK = "http://localhost:1/callback";
    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    @Parameter
    SharedServer shared = SharedServer.H2;

    private Connections connections = new Connections(shared, "");
    private String company = "";
    private Http scim = new Http("");

    @BeforeParameterizedClassInvocation
    void makeTwoRealms() {
        connections = Connections.ofFreshRealm(shared, "brokered");
        company = shared.freshRealm("company");
        Http admin = connections.admin().realm(connections.realm());
        shared.admin()
                .realm(company)
                .post("/clients", json("{'clientId':'acme-broker','secret':'broker-secret','redirectUris':['*']}"))
                .expect(201);
        admin.post("/clients", json("{'clientId':'web','publicClient':true,'redirectUris':['" + CALLBACK + "']}"))
                .expect(201);
        String oidc = shared.server().baseUrl() + "/realms/" + company + "/protocol/openid-connect";
        admin.post(
                        "/identity-provider/instances",
                        json(
                                "{'alias':'company','providerId':'oidc','enabled':true,'config':{'clientId':'acme-broker',"
                                        + "'clientSecret':'broker-secret','clientAuthMethod':'client_secret_post','issuer':'"
                                        + shared.server().baseUrl() + "/realms/" + company + "','authorizationUrl':'"
                                        + oidc
                                        + "/auth','tokenUrl':'" + oidc + "/token','jwksUrl':'" + oidc
                                        + "/certs','useJwksUrl':'true','validateSignature':'true','defaultScope':'openid profile email'}}"))
                .expect(201);
        connections.put("company", "{'identityProvider':{'alias':'company','subject':'externalId'}}");
        scim = connections
                .anonymous()
                .bearer(connections
                        .issue("company", "{'name':'t'}")
                        .get("token")
                        .asText());
    }

    private ObjectNode provisioned(String name) {
        String subject = shared.admin().createUser(company, name, "company-password");
        return user(name).put("externalId", subject);
    }

    @Test
    void theFirstLoginAsksNothing() {
        String id = scim.post("/Users", provisioned("silent"))
                .expect(201)
                .json()
                .get("id")
                .asText();
        JsonNode links = connections
                .admin()
                .realm(connections.realm())
                .get("/users/" + id + "/federated-identity")
                .expect(200)
                .json();
        assertThat(links).hasSize(1);
        assertThat(links.get(0).get("identityProvider").asText()).isEqualTo("company");

        assertThat(login("silent")).startsWith(CALLBACK).contains("code=");
        JsonNode sessions = connections
                .admin()
                .realm(connections.realm())
                .get("/users/" + id + "/sessions")
                .expect(200)
                .json();
        assertThat(sessions).as("it is the provisioned user who is logged in").hasSize(1);
    }

    @Test
    void withoutALinkTheFirstLoginAsks() {
        connections.put("unlinked", "{}");
        Http unlinked = connections
                .anonymous()
                .bearer(connections
                        .issue("unlinked", "{'name':'t'}")
                        .get("token")
                        .asText());
        unlinked.post("/Users", provisioned("asked")).expect(201);
        assertThat(login("asked")).doesNotStartWith(CALLBACK);
    }

    @Test
    void oneIdentityIsOneUsers() {
        ObjectNode first = provisioned("taken");
        scim.post("/Users", first).expect(201);
        Http.Reply refused = scim.post(
                "/Users",
                user("thief").put("externalId", first.get("externalId").asText()));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(scim.get("/Users?filter=" + Http.encode("userName eq \"thief\""))
                        .json()
                        .get("totalResults")
                        .asInt())
                .isZero();
        scim.post("/Users", user("without-subject")).expect(201);
    }

    @Test
    void anIdentityProviderThatIsNotThereIsRefused() {
        connections
                .api()
                .put("/lost", json("{'identityProvider':{'alias':'nowhere','subject':'externalId'}}"))
                .expect(400);
        connections
                .api()
                .put("/lost", json("{'identityProvider':{'alias':'company'}}"))
                .expect(400);
        connections
                .api()
                .put("/lost", json("{'identityProvider':{'alias':'company','subject':'title'}}"))
                .expect(400);
        connections.api().get("/lost").expect(404);
    }

    /** Where a login through the identity provider ends: the callback, or the page that asks something. */
    private String login(String name) {
        Map<String, String> cookies = new LinkedHashMap<>();
        Http.Reply reply = send(
                cookies,
                "GET",
                shared.server().baseUrl() + "/realms/" + connections.realm()
                        + "/protocol/openid-connect/auth?client_id=web&response_type=code&scope=openid&state=s&kc_idp_hint=company"
                        + "&redirect_uri=" + Http.encode(CALLBACK),
                "");
        boolean posted = false;
        for (int hops = 0; hops < 12; hops++) {
            String location = reply.header("Location").orElse("");
            if (location.startsWith(CALLBACK)) {
                return location;
            }
            if (!location.isEmpty()) {
                reply = send(cookies, "GET", location, "");
            } else if (!posted) {
                Matcher form = ACTION.matcher(reply.text());
                assertThat(form.find()).as("a login form in %s", reply.text()).isTrue();
                posted = true;
                reply = send(
                        cookies,
                        "POST",
                        form.group(1).replace("&amp;", "&"),
                        "username=" + name + "&password=company-password");
            } else {
                return reply.text();
            }
        }
        throw new IllegalStateException("the login went in circles");
    }

    /** Cookies by path: the names are the same in both realms. */
    private static Http.Reply send(Map<String, String> cookies, String method, String url, String form) {
        String path = URI.create(url).getRawPath();
        StringBuilder sent = new StringBuilder();
        cookies.forEach((cookie, value) -> {
            if (path.startsWith(cookie.substring(0, cookie.indexOf(' ')))) {
                sent.append(cookie.substring(cookie.indexOf(' ') + 1))
                        .append('=')
                        .append(value)
                        .append("; ");
            }
        });
        Http http = new Http("").with("Cookie", sent + "x=x");
        Http.Reply reply = form.isEmpty()
                ? http.send(method, url, new byte[0])
                : http.with("Content-Type", "application/x-www-form-urlencoded")
                        .send(method, url, form.getBytes(StandardCharsets.UTF_8));
        for (String header : reply.headers("Set-Cookie")) {
            for (HttpCookie cookie : HttpCookie.parse(header)) {
                cookies.put(
                        Objects.requireNonNullElse(cookie.getPath(), "/") + ' ' + cookie.getName(), cookie.getValue());
            }
        }
        return reply;
    }
}
