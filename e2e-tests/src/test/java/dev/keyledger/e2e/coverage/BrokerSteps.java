package dev.keyledger.e2e.coverage;

import dev.keyledger.e2e.Http;

/** What people do who log in at another identity provider: another realm of the same server. */
final class BrokerSteps {
    private final UserWalk walk;
    private final String other;

    /** @param other the realm that is the provider */
    BrokerSteps(UserWalk walk, String other) {
        this.walk = walk;
        this.other = other;
    }

    void run() {
        walk.step("provider", this::provider);
        walk.step("first login at the provider", () -> atProvider("bea").parameter("code"));
        walk.step("next login at the provider", () -> atProvider("bea").parameter("code"));
        walk.step("link by mail", this::linkByMail);
        walk.step("tokens of the provider", () -> {
            Http broker = walk.endpoint().below("/broker/hub/token").bearer("none");
            broker.get("").expect(400, 401, 403);
        });
        walk.step("refused by the provider", this::refused);
        walk.step("unlink", this::unlink);
    }

    private void provider() {
        String at = walk.base() + "/realms/" + other + "/protocol/openid-connect";
        walk.admin()
                .realm(other)
                .post("/clients", UserWalk.json("{'clientId':'hub','secret':'hub','redirectUris':['*']}"))
                .expect(201);
        for (String name : new String[] {"bea", "mia", "zoe"}) {
            walk.admin().createUser(other, name, UserWalk.PASSWORD);
        }
        walk.api()
                .post(
                        "/identity-provider/instances",
                        UserWalk.json(
                                "{'alias':'hub','providerId':'oidc','enabled':true,'storeToken':true,'config':{'clientId':'hub','clientSecret':'hub',"
                                        + "'authorizationUrl':'" + at + "/auth','tokenUrl':'" + at
                                        + "/token','userInfoUrl':'" + at
                                        + "/userinfo','issuer':'" + walk.base() + "/realms/" + other
                                        + "','clientAuthMethod':'client_secret_post','defaultScope':'openid profile email'}}"))
                .expect(201);
    }

    private Pages atProvider(String name) {
        return new Pages(walk.base())
                .open(walk.login("app", "&kc_idp_hint=hub"))
                .submit("username", name, "password", UserWalk.PASSWORD);
    }

    /** Who has an account of that e-mail address already is asked to prove it. */
    private void linkByMail() {
        walk.user("zoe");
        int mails = walk.mails().count();
        Pages pages = atProvider("zoe");
        if (pages.has("updateProfile")) {
            pages.submit("submitAction", "linkAccount");
        }
        pages.submit("submitAction", "linkAccount");
        Pages mailed = pages.open(walk.mailedLink(mails + 1));
        if (mailed.has("action-token")) {
            mailed.follow("action-token");
        }
    }

    private void refused() {
        new Pages(walk.base()).open(walk.url() + "/broker/hub/endpoint?error=access_denied&state=none");
    }

    private void unlink() {
        String id = walk.api()
                .get("/users?username=zoe&exact=true")
                .expect(200)
                .json()
                .get(0)
                .get("id")
                .asText();
        walk.api()
                .post(
                        "/users/" + id + "/federated-identity/hub",
                        UserWalk.json("{'identityProvider':'hub','userId':'zoe-at-hub','userName':'zoe'}"))
                .expect(204);
        walk.account("zoe").delete("/linked-accounts/hub").expect(204);
        walk.account("zoe").delete("/linked-accounts/none").expect(400, 404);
    }
}
