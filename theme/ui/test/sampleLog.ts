import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { EntryDetail, EntrySummary, JsonObject, JsonValue, Kind, Outcome } from "../src/api/types";

/**
 * A small log, built with Node's cryptography and the recursive definitions of RFC 6962: what the page verifies with
 * other code was made here.
 */
export interface SampleEntry {
  readonly time: number;
  readonly kind: Kind;
  readonly operation: string;
  readonly resourceType: string;
  readonly outcome?: Outcome;
  readonly slots: { readonly [slot: string]: JsonObject };
}

export const ORIGIN = "sso.example.com/realms/acme";
const SEED_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const privateKey = createPrivateKey({
  key: Buffer.concat([SEED_PREFIX, Buffer.alloc(32, 7)]),
  format: "der",
  type: "pkcs8",
});
const typedKey = Buffer.concat([
  Buffer.of(1),
  createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32),
]);
const keyId = sha256(Buffer.from(`${ORIGIN}\n`), typedKey).subarray(0, 4);
export const VKEY = `${ORIGIN}+${keyId.toString("hex")}+${typedKey.toString("base64")}`;

/** The entries as the REST gives them; the last `staged` of them are not in the tree yet. */
export function sampleLog(entries: readonly SampleEntry[], staged = 0): readonly EntryDetail[] {
  const ids = entries.map((entry, at) => uuid(entry.time, at));
  const leaves = entries.map((entry, at) => Buffer.from(leafText(entry, ids[at] ?? "")));
  const sealed = leaves.slice(0, leaves.length - staged).map((leaf) => sha256(Buffer.of(0), leaf));
  const checkpoint = signedCheckpoint(sealed);
  return entries.map((entry, at) => {
    const leaf = leaves[at] ?? Buffer.alloc(0);
    const id = ids[at] ?? "";
    const isSealed = at < sealed.length;
    return {
      ...summary(entry, id, isSealed ? at : null),
      leaf: leaf.toString("base64"),
      leafHash: sha256(Buffer.of(0), leaf).toString("base64"),
      slots: Object.fromEntries(
        Object.entries(entry.slots).map(([slot, value]) => [
          slot,
          { state: "open" as const, salt: salt(id, slot).toString("base64url"), value },
        ]),
      ),
      proof: isSealed
        ? {
            leafIndex: at,
            treeSize: sealed.length,
            hashes: inclusion(at, sealed).map((hash) => hash.toString("base64")),
            checkpoint,
            vkey: VKEY,
          }
        : null,
    };
  });
}

export function signedCheckpoint(leafHashes: readonly Buffer[]): string {
  const text = `${ORIGIN}\n${leafHashes.length}\n${root(leafHashes).toString("base64")}\n`;
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n\u2014 ${ORIGIN} ${Buffer.concat([keyId, signature]).toString("base64")}\n`;
}

export function summaryOf({ leaf, leafHash, slots, proof, ...rest }: EntryDetail): EntrySummary {
  return rest;
}

function summary(entry: SampleEntry, id: string, index: number | null): EntrySummary {
  const { actor = {}, target = {}, net = {}, change = {} } = entry.slots;
  const text = (value: JsonValue | undefined) => (typeof value === "string" ? value : null);
  return {
    id,
    index,
    state: index === null ? "staged" : "sealed",
    time: entry.time,
    kind: entry.kind,
    operation: entry.operation,
    resourceType: entry.resourceType,
    outcome: entry.outcome ?? "success",
    actor: {
      type: text(actor.type) ?? "anonymous",
      id: text(actor.id),
      name: text(actor.name),
      client: text(actor.client),
    },
    target: {
      type: text(target.type),
      id: text(target.id),
      name: text(target.name),
      path: text(target.path),
    },
    ip: text(net.ip),
    error: text(change.error),
  };
}

function leafText({ time, kind, operation, resourceType, outcome, slots }: SampleEntry, id: string): string {
  const c = Object.fromEntries(
    Object.keys(slots)
      .sort()
      .map((slot) => [slot, commit(id, slot, slots[slot] ?? {})]),
  );
  // members in the order of their names, as the canonical form has them
  return JSON.stringify({
    c,
    id,
    k: kind,
    log: ORIGIN,
    ok: (outcome ?? "success") === "success",
    op: operation,
    res: resourceType,
    t: time,
    v: 1,
  });
}

function commit(id: string, slot: string, value: JsonObject): string {
  const hmac = createHmac("sha256", salt(id, slot));
  return hmac.update(["keyledger/commit/v1", ORIGIN, id, slot, sorted(value)].join("\0")).digest("base64url");
}

function sorted(value: JsonValue): string {
  return JSON.stringify(value, (_name, member: JsonValue) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function salt(id: string, slot: string): Buffer {
  return sha256(Buffer.from(`salt of ${slot} of ${id}`));
}

function root(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (hashes.length <= 1) {
    return only ?? sha256(Buffer.alloc(0));
  }
  const k = split(hashes.length);
  return sha256(Buffer.of(1), root(hashes.slice(0, k)), root(hashes.slice(k)));
}

function inclusion(index: number, hashes: readonly Buffer[]): readonly Buffer[] {
  if (hashes.length <= 1) {
    return [];
  }
  const k = split(hashes.length);
  return index < k
    ? [...inclusion(index, hashes.slice(0, k)), root(hashes.slice(k))]
    : [...inclusion(index - k, hashes.slice(k)), root(hashes.slice(0, k))];
}

function split(size: number): number {
  let k = 1;
  while (k * 2 < size) {
    k *= 2;
  }
  return k;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

function uuid(time: number, at: number): string {
  const millis = time.toString(16).padStart(12, "0");
  return `${millis.slice(0, 8)}-${millis.slice(8)}-7000-8000-${at.toString(16).padStart(12, "0")}`;
}
