package dev.keyledger.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.demo.company.Department;

/** What a client remembers of somebody's account: its id, and the department that it says. */
public record Account(String id, Department department) {

    static Account of(JsonNode user) {
        return new Account(
                Connection.id(user),
                Department.titled(
                        user.path(Connection.ENTERPRISE).path("department").asText()));
    }
}
