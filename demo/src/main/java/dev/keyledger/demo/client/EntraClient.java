package dev.keyledger.demo.client;

import static dev.keyledger.demo.client.Connection.object;
import static dev.keyledger.demo.client.Connection.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.demo.company.Department;
import dev.keyledger.demo.company.Person;
import java.util.List;
import java.util.UUID;

/**
 * Provisions as Entra ID does: operations in capitals, booleans as text, paths with a filter or a dot inside, the enterprise
 * schema spelt out in each path, members one at a time.
 */
public final class EntraClient {

    private final Connection scim;

    public EntraClient(Connection scim) {
        this.scim = scim;
    }

    /** What its button sends: a search for somebody who cannot exist, which must find nobody and not fail. */
    public void testConnection() {
        String nobody = UUID.randomUUID().toString();
        if (scim.find("Users", "userName eq \"" + nobody + "\"").isPresent()) {
            throw new IllegalStateException("found a user called " + nobody + ", want none");
        }
    }

    /** One person in a cycle: matched by the directory's id, then by the user name, and created when neither is known. */
    public Account synchronise(Person person) {
        var found = scim.find("Users", "externalId eq \"" + person.externalId() + "\"")
                .or(() -> scim.find("Users", "userName eq \"" + person.email() + "\""));
        if (found.isEmpty()) {
            return Account.of(scim.create("Users", user(person)));
        }
        Account known = Account.of(found.get());
        scim.patch(
                "Users",
                known.id(),
                operation("Replace", "displayName", text(person.displayName())),
                operation("Replace", "emails[type eq \"work\"].value", text(person.email())),
                operation("Add", "name.givenName", text(person.givenName())));
        return known;
    }

    /** Creates a group without members, then adds them one by one, as Entra does. */
    public String group(String name, List<String> members) {
        ObjectNode group = object().put("displayName", name).put("externalId", "group-" + name);
        group.putArray("schemas").add(Connection.GROUP);
        String id = scim.find("Groups", "displayName eq \"" + name + "\"")
                .map(Connection::id)
                .orElseGet(() -> Connection.id(scim.create("Groups", group)));
        members.forEach(member -> addMember(id, member));
        return id;
    }

    /** Puts somebody into a group. */
    public void addMember(String groupId, String member) {
        scim.patch("Groups", groupId, operation("Add", "members", reference(member)));
    }

    /** Takes a member out: Entra names it in the value, not in the path. */
    public void removeMember(String groupId, String member) {
        scim.patch("Groups", groupId, operation("Remove", "members", reference(member)));
    }

    /** Somebody changes the department. */
    public Account move(Person person) {
        Account now = Account.of(existing(person));
        Department to = now.department().next();
        scim.patch(
                "Users",
                now.id(),
                operation("Replace", Connection.ENTERPRISE + ":department", text(to.title())),
                operation("Add", "addresses[type eq \"work\"].locality", text(to.title() + " building")),
                operation("Replace", null, object().put("title", to.title() + " " + person.jobTitle())));
        return new Account(now.id(), to);
    }

    /** Somebody is disabled, which Entra says in words, or comes back. */
    public void setActive(Person person, boolean active) {
        scim.patch(
                "Users",
                Connection.id(existing(person)),
                operation("Replace", "active", text(active ? "True" : "False")));
    }

    private JsonNode existing(Person person) {
        return scim.find("Users", "externalId eq \"" + person.externalId() + "\"")
                .orElseThrow(() -> new IllegalStateException(person.externalId() + " was not provisioned"));
    }

    private static ObjectNode user(Person person) {
        ObjectNode user = object().put("externalId", person.externalId())
                .put("userName", person.email())
                .put("active", true)
                .put("displayName", person.displayName())
                .put("title", person.jobTitle())
                .put("preferredLanguage", "en-GB");
        user.putArray("schemas").add(Connection.USER).add(Connection.ENTERPRISE);
        user.putObject("meta").put("resourceType", "User");
        user.putObject("name")
                .put("formatted", person.displayName())
                .put("givenName", person.givenName())
                .put("familyName", person.familyName());
        user.putArray("emails")
                .addObject()
                .put("primary", true)
                .put("type", "work")
                .put("value", person.email());
        user.putArray("roles");
        user.putObject(Connection.ENTERPRISE)
                .put("employeeNumber", Integer.toString(person.number()))
                .put("department", person.department().title());
        return user;
    }

    private static ArrayNode reference(String member) {
        ArrayNode members = Connection.array();
        members.addObject().putNull("$ref").put("value", member);
        return members;
    }

    private static TextNode text(String value) {
        return TextNode.valueOf(value);
    }
}
