import type { JsonValue } from "../api/types";

/**
 * The one text of a JSON value that RFC 8785 allows: members sorted by the UTF-16 code units of their names, no white
 * space, numbers and strings as ECMAScript writes them.
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "string" && /\p{Surrogate}/u.test(value)) {
    throw new SyntaxError("a string with a lone surrogate has no canonical form");
  }
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(",")}]`;
  }
  const members = Object.entries(value as Record<string, JsonValue>)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
