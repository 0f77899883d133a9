package dev.keyledger.e2e.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What people do at the pages of their realm: registering, logging in and out, and changing what they are known by. */
final class SelfServiceSteps {
    private static final int TOTP_DIGITS = 1_000_000;
    private static final int TOTP_PERIOD = 30;

    private final UserWalk walk;

    SelfServiceSteps(UserWalk walk) {
        this.walk = walk;
    }

    void run() {
        walk.step("register", this::register);
        walk.step("login with a wrong password", () -> wrong("mia"));
        walk.step("profile", this::profile);
        walk.step("password", this::password);
        walk.step("one-time codes", this::oneTimeCodes);
        walk.step("terms", this::terms);
        walk.step("consent", this::consent);
        walk.step("verify e-mail", this::verifyEmail);
        walk.step("reset password", this::resetPassword);
        walk.step("actions by mail", this::actionsByMail);
        walk.step("missing profile", this::missingProfile);
        walk.step("logout", this::logout);
        walk.step("sessions", this::sessions);
        walk.step("delete account", this::deleteAccount);
        walk.step("impersonate", this::impersonate);
        walk.step("invitation", this::invitation);
        walk.step("lockout", this::lockout);
    }

    private Pages pages() {
        return new Pages(walk.base());
    }

    private void register() {
        for (int i = 0; i < 2; i++) {
            pages().open(walk.login("app", "").replace("/auth?", "/registrations?"))
                    .submit(
                            "username",
                            "mia",
                            "email",
                            "mia@example.com",
                            "firstName",
                            "Mia",
                            "lastName",
                            "M",
                            "password",
                            UserWalk.PASSWORD,
                            "password-confirm",
                            UserWalk.PASSWORD);
        }
    }

    private void wrong(String name) {
        pages().open(walk.login("app", "")).submit("username", name, "password", "wrong");
    }

    private void profile() {
        walk.account("mia")
                .post(
                        "",
                        UserWalk.json(
                                "{'username':'mia','email':'mia@example.com','firstName':'Maria','lastName':'M'}"))
                .expect(204);
        walk.account("mia")
                .post(
                        "",
                        UserWalk.json(
                                "{'username':'mia','email':'mia@example.org','firstName':'Maria','lastName':'M'}"))
                .expect(204);
        walk.account("mia")
                .post("", UserWalk.json("{'username':'mia','email':'no mail','firstName':'','lastName':'M'}"))
                .expect(400);
        walk.loggedIn("app", "mia", "&kc_action=UPDATE_PROFILE")
                .submit("username", "mia", "email", "no mail", "firstName", "", "lastName", "M")
                .submit("username", "mia", "email", "mia@example.net", "firstName", "Mia", "lastName", "M")
                .parameter("code");
    }

    private void password() {
        walk.user("pat");
        walk.loggedIn("app", "pat", "&kc_action=UPDATE_PASSWORD")
                .submit("password-new", "another-1", "password-confirm", "another-2")
                .submit("password-new", "another-1", "password-confirm", "another-1")
                .parameter("code");
    }

    private void oneTimeCodes() {
        walk.user("otto");
        Pages pages = walk.loggedIn("app", "otto", "&kc_action=CONFIGURE_TOTP");
        String secret = pages.field("totpSecret");
        pages.submit("totp", "000000", "userLabel", "phone")
                .submit("totp", totp(pages.field("totpSecret")), "userLabel", "phone");
        pages.parameter("code");
        String id = walk.api()
                .get("/users?username=otto&exact=true")
                .expect(200)
                .json()
                .get(0)
                .get("id")
                .asText();
        for (JsonNode credential :
                walk.api().get("/users/" + id + "/credentials").expect(200).json()) {
            if (credential.get("type").asText().equals("otp")) {
                Pages removal = walk.loggedIn(
                        "app",
                        "otto",
                        "&kc_action=delete_credential:" + credential.get("id").asText());
                removal.submit("otp", totp(secret)).submit("accept", "Yes");
            }
        }
    }

    /** RFC 6238 with Keycloak's defaults. */
    private static String totp(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(UserWalk.bytes(secret), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES)
                    .putLong(Instant.now().getEpochSecond() / TOTP_PERIOD)
                    .array());
            int number = ByteBuffer.wrap(hash).getInt(hash[hash.length - 1] & 0xf) & Integer.MAX_VALUE;
            return String.format("%06d", number % TOTP_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA1", e);
        }
    }

    private void terms() {
        String id = walk.user("tom");
        enable("TERMS_AND_CONDITIONS");
        walk.api()
                .put("/users/" + id, UserWalk.json("{'requiredActions':['TERMS_AND_CONDITIONS']}"))
                .expect(204);
        walk.loggedIn("app", "tom", "").submit("accept", "").parameter("code");
    }

    private void enable(String action) {
        JsonNode known = walk.api()
                .get("/authentication/required-actions/" + action)
                .expect(200)
                .json();
        walk.api()
                .put("/authentication/required-actions/" + action, ((ObjectNode) known).put("enabled", true))
                .expect(204);
    }

    private void consent() {
        walk.client("asking", ",'consentRequired':true");
        walk.user("cora");
        walk.loggedIn("asking", "cora", "").submit("accept", "Yes").parameter("code");
        walk.loggedIn("asking", "cora", "&prompt=consent").submit("cancel", "No");
        String scope = walk.api().get("/client-scopes").expect(200).json().findParents("name").stream()
                .filter(found -> found.get("name").asText().equals("email"))
                .map(found -> found.get("id").asText())
                .findFirst()
                .orElseThrow();
        JsonNode scopes = UserWalk.json("{'grantedScopes':[{'id':'" + scope + "','name':'email'}]}");
        walk.account("cora").put("/applications/asking/consent", scopes).expect(200);
        walk.account("cora").delete("/applications/asking/consent").expect(204);
        walk.account("cora").post("/applications/asking/consent", scopes).expect(200);
        JsonNode unknown = UserWalk.json("{'grantedScopes':[{'id':'none','name':'none'}]}");
        walk.account("cora").put("/applications/asking/consent", unknown).expect(400);
        walk.account("cora").delete("/applications/nothing/consent").expect(404);
    }

    private void verifyEmail() {
        String id = walk.user("vera");
        walk.api()
                .put("/users/" + id, UserWalk.json("{'requiredActions':['VERIFY_EMAIL']}"))
                .expect(204);
        int mails = walk.mails().count();
        Pages pages = walk.loggedIn("app", "vera", "");
        pages.open(walk.mailedLink(mails + 1));
        pages.open(walk.mailedLink(mails + 1).replaceAll("key=[^&]+", "key=none"));
    }

    private void resetPassword() {
        walk.user("rose");
        int mails = walk.mails().count();
        Pages pages =
                pages().open(walk.login("app", "")).follow("reset-credentials").submit("username", "rose");
        pages.open(walk.mailedLink(mails + 1));
        pages.submit("password-new", "another-1", "password-confirm", "another-1");
        pages().open(walk.login("app", "")).follow("reset-credentials").submit("username", "nobody");
    }

    private void actionsByMail() {
        String id = walk.user("axel");
        int mails = walk.mails().count();
        walk.api()
                .send("PUT", "/users/" + id + "/execute-actions-email", UserWalk.bytes("[\"UPDATE_PASSWORD\"]"))
                .expect(204);
        Pages pages = pages().open(walk.mailedLink(mails + 1)).follow("action-token");
        pages.submit("password-new", "another-1", "password-confirm", "another-1");
        pages().open(walk.mailedLink(mails + 1)
                .replaceAll("key=[^&]+", "key=" + UserWalk.unsigned("{\"alg\":\"HS512\"}", "{}")));
    }

    private void missingProfile() {
        String id = AdminClient.createdId(walk.api()
                .post(
                        "/users",
                        UserWalk.json("{'username':'nina','enabled':true,'credentials':[{'type':'password','value':'"
                                + UserWalk.PASSWORD + "'}]}")));
        Pages pages = walk.loggedIn("app", "nina", "");
        pages.submit("username", "nina", "email", "no mail", "firstName", "", "lastName", "N")
                .submit("username", "nina", "email", id + "@example.com", "firstName", "Nina", "lastName", "N")
                .parameter("code");
    }

    private void logout() {
        JsonNode tokens = walk.tokens("app", "tess");
        pages().open(walk.url() + "/protocol/openid-connect/logout?id_token_hint="
                + tokens.get("id_token").asText());
        pages().open(walk.url() + "/protocol/openid-connect/logout?id_token_hint=none");
    }

    private void sessions() {
        walk.user("sven");
        walk.tokens("app", "sven");
        walk.account("sven").delete("/sessions").expect(204);
    }

    private void deleteAccount() {
        String id = walk.user("dora");
        enable("delete_account");
        String client = walk.api()
                .get("/clients?clientId=account")
                .expect(200)
                .json()
                .get(0)
                .get("id")
                .asText();
        JsonNode role = walk.api()
                .get("/clients/" + client + "/roles/delete-account")
                .expect(200)
                .json();
        walk.loggedIn("app", "dora", "&kc_action=delete_account");
        walk.api()
                .post(
                        "/users/" + id + "/role-mappings/clients/" + client,
                        UserWalk.json("[{'id':'" + role.get("id").asText() + "','name':'delete-account'}]"))
                .expect(204);
        walk.loggedIn("app", "dora", "&kc_action=delete_account").submit();
    }

    private void impersonate() {
        String id = walk.user("ivy");
        walk.api().send("POST", "/users/" + id + "/impersonation", new byte[0]).expect(200);
    }

    private void invitation() {
        walk.api().put("", UserWalk.json("{'organizationsEnabled':true}")).expect(204);
        String organization = AdminClient.createdId(walk.api()
                .post("/organizations", UserWalk.json("{'name':'acme','domains':[{'name':'acme.example'}]}")));
        String id = walk.user("olga");
        int mails = walk.mails().count();
        walk.api()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .send(
                        "POST",
                        "/organizations/" + organization + "/members/invite-existing-user",
                        UserWalk.bytes("id=" + id))
                .expect(204);
        pages().open(walk.mailedLink(mails + 1));
        walk.api().put("", UserWalk.json("{'organizationsEnabled':false}")).expect(204);
    }

    private void lockout() {
        walk.user("luke");
        walk.user("lara");
        walk.api()
                .put("", UserWalk.json("{'bruteForceProtected':true,'permanentLockout':false,'failureFactor':1}"))
                .expect(204);
        wrong("luke");
        walk.api()
                .put("", UserWalk.json("{'bruteForceProtected':true,'permanentLockout':true,'failureFactor':1}"))
                .expect(204);
        wrong("lara");
        walk.api().put("", UserWalk.json("{'bruteForceProtected':false}")).expect(204);
    }
}
