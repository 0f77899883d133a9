import type { EntryDetail } from "../api/types";
import { asObject } from "./valueText";

/** The id of the request that wrote the entry, where the entry tells it. */
export function requestOf({ slots }: Pick<EntryDetail, "slots">): string | undefined {
  const id = slots.net?.value?.requestId ?? asObject(slots.change?.value?.details)["scim.requestId"];
  return typeof id === "string" ? id : undefined;
}
