import type { JsonValue } from "../api/types";

/** A value as a person reads it: a text without its quotes, an object or array over several lines. */
export function valueText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
