package dev.keyledger.e2e.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import java.util.Arrays;
import java.util.Map;

/** What applications do: tokens of every kind, and registering themselves. */
final class TokenSteps {
    private static final String TOKEN = "/protocol/openid-connect/token";

    private final UserWalk walk;

    TokenSteps(UserWalk walk) {
        this.walk = walk;
    }

    void run() {
        walk.step("clients", () -> {
            walk.client(
                    "app",
                    ",'serviceAccountsEnabled':true,'authorizationServicesEnabled':true,'attributes':"
                            + "{'oauth2.device.authorization.grant.enabled':'true','oidc.ciba.grant.enabled':'true',"
                            + "'standard.token.exchange.enabled':'true'}");
            walk.client("account-app", ",'fullScopeAllowed':true");
        });
        walk.step("user", () -> walk.user("tess"));
        walk.step("direct login", () -> walk.tokens("app", "tess"));
        walk.step(
                "direct login with a wrong password",
                () -> walk.token(
                                "grant_type",
                                "password",
                                "client_id",
                                "app",
                                "client_secret",
                                "app",
                                "username",
                                "tess",
                                "password",
                                "wrong")
                        .expect(400, 401));
        walk.step("code", this::code);
        walk.step("refresh", this::refresh);
        walk.step("client", () -> {
            grant("client_credentials").expect(200);
            walk.token("grant_type", "client_credentials", "client_id", "app", "client_secret", "wrong")
                    .expect(401);
        });
        walk.step("exchange", this::exchange);
        walk.step("device", this::device);
        walk.step("backchannel", this::backchannel);
        walk.step("pushed", () -> {
            asApp("/protocol/openid-connect/ext/par/request", "response_type", "code", "redirect_uri", UserWalk.APP)
                    .expect(201);
            asApp(
                            "/protocol/openid-connect/ext/par/request",
                            "response_type",
                            "code",
                            "redirect_uri",
                            "http://elsewhere")
                    .expect(400);
        });
        walk.step("permission", this::permission);
        walk.step(
                "assertion",
                () -> grant("urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", "none")
                        .expect(400));
        walk.step("registration", this::registration);
        walk.step("nodes", this::nodes);
    }

    private Http.Reply grant(String type, String... namesAndValues) {
        String[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 2);
        all[all.length - 2] = "grant_type";
        all[all.length - 1] = type;
        return asApp(TOKEN, all);
    }

    private Http.Reply asApp(String path, String... namesAndValues) {
        String[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 4);
        System.arraycopy(new String[] {"client_id", "app", "client_secret", "app"}, 0, all, namesAndValues.length, 4);
        return walk.post(path, all);
    }

    private void code() {
        String code = walk.loggedIn("app", "tess", "").parameter("code");
        grant("authorization_code", "code", code, "redirect_uri", UserWalk.APP).expect(200);
        grant("authorization_code", "code", "spent", "redirect_uri", UserWalk.APP)
                .expect(400);
    }

    private void refresh() {
        JsonNode tokens = walk.tokens("app", "tess");
        String token = tokens.get("access_token").asText();
        grant("refresh_token", "refresh_token", tokens.get("refresh_token").asText())
                .expect(200);
        grant("refresh_token", "refresh_token", "none").expect(400);
        asApp("/protocol/openid-connect/token/introspect", "token", token).expect(200);
        asApp("/protocol/openid-connect/token/introspect").expect(400);
        walk.endpoint().bearer(token).get("/protocol/openid-connect/userinfo").expect(200);
        walk.endpoint().bearer("none").get("/protocol/openid-connect/userinfo").expect(401);
        asApp(
                        "/protocol/openid-connect/revoke",
                        "token",
                        tokens.get("refresh_token").asText())
                .expect(200);
        asApp("/protocol/openid-connect/revoke").expect(400);
    }

    private void exchange() {
        String grant = "urn:ietf:params:oauth:grant-type:token-exchange";
        String type = "urn:ietf:params:oauth:token-type:access_token";
        String token = walk.tokens("app", "tess").get("access_token").asText();
        grant(grant, "subject_token", token, "subject_token_type", type).expect(200);
        grant(grant, "subject_token", "none", "subject_token_type", type).expect(400);
    }

    private void device() {
        String grant = "urn:ietf:params:oauth:grant-type:device_code";
        JsonNode device = asApp("/protocol/openid-connect/auth/device", "scope", "openid")
                .expect(200)
                .json();
        walk.post("/protocol/openid-connect/auth/device", "client_id", "account-app", "client_secret", "account-app")
                .expect(400, 401);
        Pages pages = new Pages(walk.base())
                .open(device.get("verification_uri_complete").asText())
                .submit("username", "tess", "password", UserWalk.PASSWORD);
        pages.submit("accept", "Yes");
        grant(grant, "device_code", device.get("device_code").asText()).expect(200);
        grant(grant, "device_code", "none").expect(400);
        new Pages(walk.base()).open(walk.url() + "/device").submit("device_user_code", "NONE-NONE");
    }

    private void backchannel() {
        asApp("/protocol/openid-connect/ext/ciba/auth", "login_hint", "nobody", "scope", "openid")
                .expect(400, 401);
        grant("urn:openid:params:grant-type:ciba", "auth_req_id", "none").expect(400);
    }

    private void permission() {
        String grant = "urn:ietf:params:oauth:grant-type:uma-ticket";
        String token = walk.tokens("app", "tess").get("access_token").asText();
        String rules = "/clients/" + walk.clientUuid("app") + "/authz/resource-server";
        walk.api()
                .put(
                        rules,
                        UserWalk.json("{'allowRemoteResourceManagement':true,'policyEnforcementMode':'PERMISSIVE',"
                                + "'decisionStrategy':'UNANIMOUS'}"))
                .expect(204);
        walk.api().post(rules + "/resource", UserWalk.json("{'name':'paper'}")).expect(201);
        Http asTess = walk.endpoint().bearer(token);
        asTess.form(TOKEN, Map.of("grant_type", grant, "audience", "app")).expect(200);
        asTess.form(TOKEN, Map.of("grant_type", grant, "audience", "app", "permission", "nothing"))
                .expect(400);
    }

    private void registration() {
        String access = walk.api()
                .post("/clients-initial-access", UserWalk.json("{'count':2,'expiration':600}"))
                .expect(200, 201)
                .json()
                .get("token")
                .asText();
        Http registrations = walk.endpoint().below("/clients-registrations/default");
        JsonNode made = registrations
                .bearer(access)
                .post("", UserWalk.json("{'clientId':'self-made'}"))
                .expect(201)
                .json();
        JsonNode read = registrations
                .bearer(made.get("registrationAccessToken").asText())
                .get("/self-made")
                .expect(200)
                .json();
        JsonNode changed = registrations
                .bearer(read.get("registrationAccessToken").asText())
                .put("/self-made", UserWalk.json("{'clientId':'self-made','description':'changed'}"))
                .expect(200)
                .json();
        registrations
                .bearer(changed.get("registrationAccessToken").asText())
                .delete("/self-made")
                .expect(204);
        Http anybody = registrations.bearer("none");
        anybody.post("", UserWalk.json("{'clientId':'refused'}")).expect(401);
        anybody.get("/app").expect(401);
        anybody.put("/app", UserWalk.json("{'clientId':'app'}")).expect(401);
        anybody.delete("/app").expect(401);
    }

    private void nodes() {
        for (String operation : new String[] {"register-node", "unregister-node"}) {
            asApp("/clients-managements/" + operation, "client_cluster_host", "node-1")
                    .expect(204);
            asApp("/clients-managements/" + operation).expect(400);
        }
    }
}
