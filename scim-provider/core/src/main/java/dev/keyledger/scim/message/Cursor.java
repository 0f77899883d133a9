package dev.keyledger.scim.message;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a cursor of this service provider says: beside which resource, in the order of the query, a page lies. RFC 9865.
 *
 * @param key       what the resource at the border sorts by: a text, number or boolean, or null for one without a value
 * @param id        the id of that resource, which need not exist any more
 * @param backwards whether the page ends before that resource; otherwise it begins behind it
 * @param count     the most resources of a page, as the first page was asked for
 * @param total     how many resources matched when the first page was read
 */
public record Cursor(JsonNode key, String id, boolean backwards, int count, long total) {}
