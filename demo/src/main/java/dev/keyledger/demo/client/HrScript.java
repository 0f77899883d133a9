package dev.keyledger.demo.client;

import static dev.keyledger.demo.client.Connection.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.demo.company.Person;
import java.util.ArrayList;
import java.util.List;

/** HR's nightly script: plain RFC 7644, everything it knows of a person in one resource, and it deletes who has left. */
public final class HrScript {

    private final Connection scim;

    public HrScript(Connection scim) {
        this.scim = scim;
    }

    /** Makes Keycloak know these people; answers their ids, in their order. Each but the first has the first as manager. */
    public List<String> load(List<Person> people) {
        List<String> ids = new ArrayList<>();
        for (Person person : people) {
            ids.add(load(person, ids.isEmpty() ? "" : ids.get(0)));
        }
        return ids;
    }

    /** Makes Keycloak know one person. */
    public String load(Person person, String managerId) {
        ObjectNode user = user(person, managerId);
        var found = scim.find("Users", "userName eq \"" + person.userName() + "\"");
        return Connection.id(
                found.isPresent()
                        ? scim.replace("Users", Connection.id(found.get()), user)
                        : scim.create("Users", user));
    }

    /** Creates the group, or makes its members those. */
    public String group(String name, List<String> members) {
        ObjectNode group = object().put("displayName", name);
        group.putArray("schemas").add(Connection.GROUP);
        ArrayNode list = group.putArray("members");
        members.forEach(id -> list.addObject().put("value", id));
        var found = scim.find("Groups", "displayName eq \"" + name + "\"");
        return Connection.id(
                found.isPresent()
                        ? scim.replace("Groups", Connection.id(found.get()), group)
                        : scim.create("Groups", group));
    }

    /** Deletes somebody's account. */
    public void dismiss(Person person) {
        scim.find("Users", "userName eq \"" + person.userName() + "\"")
                .ifPresent(user -> scim.delete("Users", Connection.id(user)));
    }

    private static ObjectNode user(Person person, String managerId) {
        ObjectNode user = object().put("userName", person.userName())
                .put("externalId", person.externalId())
                .put("displayName", person.displayName())
                .put("title", person.jobTitle())
                .put("active", true);
        user.putArray("schemas").add(Connection.USER).add(Connection.ENTERPRISE);
        user.putObject("name").put("givenName", person.givenName()).put("familyName", person.familyName());
        ArrayNode emails = user.putArray("emails");
        emails.addObject().put("value", person.email()).put("type", "work").put("primary", true);
        emails.addObject().put("value", person.userName() + "@home.example").put("type", "home");
        user.putArray("phoneNumbers")
                .addObject()
                .put("value", "+1-555-01%02d".formatted(person.number()))
                .put("type", "work");
        ObjectNode enterprise = user.putObject(Connection.ENTERPRISE)
                .put("employeeNumber", Integer.toString(person.number()))
                .put("costCenter", "C-" + person.department().title())
                .put("department", person.department().title());
        if (!managerId.isEmpty()) {
            enterprise.putObject("manager").put("value", managerId);
        }
        return user;
    }
}
