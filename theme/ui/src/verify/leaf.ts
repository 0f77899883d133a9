import type { EntryDetail, JsonObject, JsonValue } from "../api/types";
import { canonicalJson } from "./canonicalJson";

/** The entry as the log holds it: the public members in the clear, the private ones as commitments. */
export interface Leaf {
  readonly id: string;
  readonly log: string;
  /** Slot name to commitment, base64url. */
  readonly commitments: { readonly [slot: string]: JsonValue };
  readonly members: JsonObject;
}

/** Reads leaf bytes; refuses any that are not the canonical text of one object, because two readings are then possible. */
export function parseLeaf(bytes: Uint8Array): Leaf {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  const members = JSON.parse(text) as JsonObject;
  if (canonicalJson(members) !== text) {
    throw new SyntaxError("the leaf is not canonical JSON");
  }
  const { id, log, c = {} } = members;
  if (typeof id !== "string" || typeof log !== "string" || typeof c !== "object" || c === null || Array.isArray(c)) {
    throw new SyntaxError("the leaf lacks its id, its log or its commitments");
  }
  return { id, log, commitments: c as JsonObject, members };
}

/** A member on which what is shown and what the log holds disagree. */
export interface Difference {
  readonly member: string;
  readonly shown: string;
  readonly logged: string;
}

/** Compares what the page shows of an entry with its leaf and with the slots that the leaf commits to. */
export function differences(entry: EntryDetail, leaf: Leaf): readonly Difference[] {
  const { actor, target, net, change } = entry.slots;
  const pairs: readonly (readonly [string, JsonValue | undefined, JsonValue | undefined])[] = [
    ["id", entry.id, leaf.members.id],
    ["time", entry.time, leaf.members.t],
    ["kind", entry.kind, leaf.members.k],
    ["operation", entry.operation, leaf.members.op],
    ["resourceType", entry.resourceType, leaf.members.res],
    ["outcome", entry.outcome === "success", leaf.members.ok],
    ["actor.id", entry.actor?.id, actor?.value?.id],
    ["actor.name", entry.actor?.name, actor?.value?.name],
    ["actor.client", entry.actor?.client, actor?.value?.client],
    ["target.id", entry.target?.id, target?.value?.id],
    ["target.name", entry.target?.name, target?.value?.name],
    ["target.path", entry.target?.path, target?.value?.path],
    ["ip", entry.ip, net?.value?.ip],
    ["error", entry.error, change?.value?.error],
  ];
  return pairs
    .filter(([, shown, logged]) => (shown ?? null) !== (logged ?? null))
    .map(([member, shown, logged]) => ({ member, shown: text(shown), logged: text(logged) }));
}

function text(value: JsonValue | undefined): string {
  return value === undefined || value === null ? "\u2013" : typeof value === "string" ? value : canonicalJson(value);
}
