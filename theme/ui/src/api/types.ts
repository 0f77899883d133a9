/** The kinds of entry that a log holds. */
export const KINDS = ["admin", "user", "scim", "system"] as const;
export type Kind = (typeof KINDS)[number];

export type Outcome = "success" | "failure";

/** Who did it. */
export interface Actor {
  readonly type: string;
  readonly id: string | null;
  readonly name: string | null;
  readonly client: string | null;
}

/** What it was done to. */
export interface Target {
  readonly type: string | null;
  readonly id: string | null;
  readonly name: string | null;
  readonly path: string | null;
}

/** One row of the list. */
export interface EntrySummary {
  readonly id: string;
  /** The leaf index; `null` while the entry is staged. */
  readonly index: number | null;
  readonly state: "sealed" | "staged";
  /** Milliseconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly kind: Kind;
  readonly operation: string;
  readonly resourceType: string;
  readonly outcome: Outcome;
  readonly actor: Actor | null;
  readonly target: Target | null;
  readonly ip: string | null;
  readonly error: string | null;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };
export type JsonObject = { readonly [name: string]: JsonValue };

/** A private part of an entry: its value and salt, or the mere fact that it was erased. */
export interface Slot {
  readonly state: "open" | "erased";
  /** 32 bytes as base64url without padding. */
  readonly salt?: string | null;
  readonly value?: JsonObject | null;
}

/** What proves a sealed entry to be in the tree of a signed checkpoint. */
export interface Proof {
  readonly leafIndex: number;
  readonly treeSize: number;
  /** Base64, the leaf's sibling first. */
  readonly hashes: readonly string[];
  readonly checkpoint: string;
  readonly vkey: string;
}

/** One entry with everything that the server knows of it. */
export interface EntryDetail extends EntrySummary {
  /** Base64 of the very bytes that the log holds. */
  readonly leaf: string;
  readonly leafHash: string;
  readonly slots: { readonly [slot: string]: Slot };
  readonly proof: Proof | null;
}

export interface EntryPage {
  readonly entries: readonly EntrySummary[];
  /** The cursor of the next older page; `null` on the last. */
  readonly next: string | null;
}

export interface LogStatus {
  readonly origin: string;
  /** A frozen log is an earlier epoch: nothing is added to it. */
  readonly state: "ACTIVE" | "HALTED" | "FROZEN";
  readonly size: number;
  readonly signedSize: number;
  readonly staged: number;
  readonly vkey: string;
  readonly checkpoint: string | null;
  readonly checkpointTime: number | null;
}
