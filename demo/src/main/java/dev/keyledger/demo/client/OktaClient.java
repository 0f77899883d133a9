package dev.keyledger.demo.client;

import static dev.keyledger.demo.client.Connection.object;
import static dev.keyledger.demo.client.Connection.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.demo.company.Department;
import dev.keyledger.demo.company.Person;
import java.util.List;

/** Provisions as Okta does: looks for the user name first, replaces whole users, and deactivates with a PATCH without a path. */
public final class OktaClient {

    private final Connection scim;

    public OktaClient(Connection scim) {
        this.scim = scim;
    }

    /** The password with which the people whom Okta provisions log in. */
    public static String password(Person person) {
        return "Welcome-" + person.externalId();
    }

    /** Assigns the application to somebody, who stays in the department that an earlier day moved them to. */
    public Account assign(Person person) {
        var found = scim.find("Users", "userName eq \"" + person.userName() + "\"");
        if (found.isEmpty()) {
            return Account.of(
                    scim.create("Users", user(person, person.department()).put("password", password(person))));
        }
        Account known = Account.of(found.get());
        return Account.of(scim.replace(
                "Users", known.id(), user(person, known.department()).put("id", known.id())));
    }

    /** Pushes a group: creates it, or replaces the whole list of its members. */
    public String pushGroup(String name, List<String> members) {
        var found = scim.find("Groups", "displayName eq \"" + name + "\"");
        ArrayNode list = Connection.array();
        members.forEach(id -> list.addObject().put("value", id));
        if (found.isPresent()) {
            String id = Connection.id(found.get());
            scim.patch("Groups", id, operation("replace", "members", list));
            return id;
        }
        ObjectNode group = object().put("displayName", name);
        group.putArray("schemas").add(Connection.GROUP);
        group.set("members", list);
        return Connection.id(scim.create("Groups", group));
    }

    /** Somebody's profile was changed: Okta reads it and puts the whole of it back. */
    public Account move(Person person) {
        Account now = Account.of(existing(person));
        Department to = now.department().next();
        return Account.of(scim.replace("Users", now.id(), user(person, to).put("id", now.id())));
    }

    /** Puts somebody into a group. */
    public void addMember(String groupId, String member) {
        ArrayNode added = Connection.array();
        added.addObject().put("value", member);
        scim.patch("Groups", groupId, operation("add", "members", added));
    }

    /** Takes somebody out of a group, by a value path. */
    public void removeMember(String groupId, String member) {
        scim.patch("Groups", groupId, operation("remove", "members[value eq \"" + member + "\"]", null));
    }

    /** Somebody leaves, or comes back. */
    public void setActive(Person person, boolean active) {
        scim.patch(
                "Users", Connection.id(existing(person)), operation("replace", null, object().put("active", active)));
    }

    private JsonNode existing(Person person) {
        return scim.find("Users", "userName eq \"" + person.userName() + "\"")
                .orElseThrow(() -> new IllegalStateException(person.userName() + " was not provisioned"));
    }

    private static ObjectNode user(Person person, Department department) {
        ObjectNode user = object().put("userName", person.userName())
                .put("externalId", "00u" + person.externalId())
                .put("displayName", person.displayName())
                .put("title", person.jobTitle())
                .put("locale", "en-US")
                .put("active", true);
        user.putArray("schemas").add(Connection.USER).add(Connection.ENTERPRISE);
        user.putObject("name").put("givenName", person.givenName()).put("familyName", person.familyName());
        user.putArray("emails")
                .addObject()
                .put("primary", true)
                .put("value", person.email())
                .put("type", "work");
        user.putArray("groups");
        user.putObject(Connection.ENTERPRISE)
                .put("employeeNumber", Integer.toString(person.number()))
                .put("department", department.title());
        return user;
    }
}
