package dev.keyledger.scim.service;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The place of a resource in the order of a query. The order is total: by the key, then by the id.
 *
 * @param key what it sorts by: a text, number or boolean, or JSON's null for one without a value
 * @param id  its id
 */
public record Position(JsonNode key, String id) {}
