package dev.keyledger.e2e.coverage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One realm, in which people and applications do what they can do to a Keycloak: through its pages, its token endpoint,
 * its account API, and the links in its mails. What a step is for it is named by.
 */
final class UserWalk {
    static final String PASSWORD = "pass-word-1";
    static final String APP = "http://app.example/callback";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final AdminClient admin;
    private final String base;
    private final String realm;
    private final SmtpSink mails;
    private final List<String> failed = new ArrayList<>();
    private final Map<String, String> clients = new HashMap<>();

    UserWalk(AdminClient admin, String base, String realm, SmtpSink mails) {
        this.admin = admin;
        this.base = base;
        this.realm = realm;
        this.mails = mails;
    }

    @FunctionalInterface
    interface Step {
        void run();
    }

    /** The steps that could not be done, and why. */
    List<String> failed() {
        return failed;
    }

    void step(String name, Step step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failed.add(name + ": " + e);
        }
    }

    Http api() {
        return admin.realm(realm);
    }

    AdminClient admin() {
        return admin;
    }

    SmtpSink mails() {
        return mails;
    }

    String base() {
        return base;
    }

    /** Of the realm, without a slash at the end. */
    String url() {
        return base + "/realms/" + realm;
    }

    Http endpoint() {
        return new Http(base).below("/realms/" + realm);
    }

    /** Reads JSON that is written with single quotes. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + text, e);
        }
    }

    /** Makes a client; its secret is its name. */
    void client(String clientId, String more) {
        String json = "{'clientId':'" + clientId + "','secret':'" + clientId
                + "','redirectUris':['http://app.example/*']," + "'directAccessGrantsEnabled':true" + more + "}";
        clients.put(
                clientId,
                AdminClient.createdId(api().post("/clients", json(json)).expect(201)));
    }

    String clientUuid(String clientId) {
        return Objects.requireNonNull(clients.get(clientId), clientId);
    }

    String user(String name) {
        return admin.createUser(realm, name, PASSWORD);
    }

    String login(String client, String more) {
        return url() + "/protocol/openid-connect/auth?client_id=" + client
                + "&response_type=code&scope=openid&redirect_uri=" + Http.encode(APP) + more;
    }

    /** A page at which somebody has just logged in to {@code client}. */
    Pages loggedIn(String client, String name, String more) {
        return new Pages(base).open(login(client, more)).submit("username", name, "password", PASSWORD);
    }

    Http.Reply token(String... namesAndValues) {
        return post("/protocol/openid-connect/token", namesAndValues);
    }

    Http.Reply post(String path, String... namesAndValues) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return endpoint().form(path, fields);
    }

    /** The tokens of a direct login. */
    JsonNode tokens(String client, String name) {
        return token(
                        "grant_type",
                        "password",
                        "client_id",
                        client,
                        "client_secret",
                        client,
                        "username",
                        name,
                        "password",
                        PASSWORD,
                        "scope",
                        "openid")
                .expect(200)
                .json();
    }

    /** The account API as somebody who has logged in at its console. */
    Http account(String name) {
        return endpoint()
                .below("/account")
                .with("Accept", "application/json")
                .bearer(tokens("account-app", name).get("access_token").asText());
    }

    /** The first link to this server in the newest mail. */
    String mailedLink(int count) {
        Matcher link =
                Pattern.compile(Pattern.quote(base) + "/realms/[^\\s\"<>]+").matcher(mails.newest(count));
        if (!link.find()) {
            throw new IllegalStateException("no link in " + mails.newest(count));
        }
        return link.group().replace("&amp;", "&");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String unsigned(String header, String payload) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(bytes(header)) + "." + encoder.encodeToString(bytes(payload)) + ".c2ln";
    }
}
