package dev.keyledger.demo.client;

import static dev.keyledger.demo.client.Connection.object;
import static dev.keyledger.demo.client.Connection.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.demo.company.Department;
import dev.keyledger.demo.company.Person;
import java.util.ArrayList;
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

    /** Assigns the application to somebody; answers the id. */
    public String assign(Person person) {
        var found = scim.find("Users", "userName eq \"" + person.userName() + "\"");
        if (found.isPresent()) {
            String id = Connection.id(found.get());
            scim.replace("Users", id, user(person, person.department()).put("id", id));
            return id;
        }
        return Connection.id(
                scim.create("Users", user(person, person.department()).put("password", password(person))));
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
    public Department move(Person person) {
        JsonNode now = existing(person);
        Department to = Department.titled(
                        now.path(Connection.ENTERPRISE).path("department").asText())
                .next();
        scim.replace("Users", Connection.id(now), user(person, to).put("id", Connection.id(now)));
        return to;
    }

    /** Takes a member out of a group by a value path and puts one in, both in one request. */
    public void swapMembers(String groupId, String out, String in) {
        ArrayNode added = Connection.array();
        added.addObject().put("value", in);
        scim.patch(
                "Groups",
                groupId,
                operation("remove", "members[value eq \"" + out + "\"]", null),
                operation("add", "members", added));
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

    /** The ids of several people, in their order. */
    public List<String> assign(List<Person> people) {
        List<String> ids = new ArrayList<>();
        people.forEach(person -> ids.add(assign(person)));
        return ids;
    }
}
