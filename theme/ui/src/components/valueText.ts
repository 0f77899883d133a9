import type { JsonObject, JsonValue } from "../api/types";

/**
 * A value as a person reads it: a text without its quotes, a list of texts or numbers line by line, any other object or
 * array as JSON.
 */
export function valueText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (Array.isArray(value) && value.length > 0 && value.every((one) => one !== null && typeof one !== "object")) {
    return value.join("\n");
  }
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

/** Of a value that may be anything its members; none where it is no object. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
