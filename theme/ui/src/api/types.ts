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
  /** Of each part that was erased the index of the entry that says so; `null` while that has none. */
  readonly erased?: { readonly [slot: string]: number | null };
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
  /** Of an erased one the index of the entry that says so; `null` while that has none. */
  readonly by?: number | null;
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

/** What one entry changed; of an extension it may hold more. */
export interface Change {
  readonly before?: JsonObject | null;
  readonly after?: JsonObject | null;
  readonly details?: JsonObject | null;
  readonly error?: string | null;
}

/** A row of a history or of a request: with what changed. */
export interface HistoryEntry extends EntrySummary {
  readonly change: Change | null;
}

export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  readonly next: string | null;
}

/** A resource at a moment, rebuilt from the log. */
export interface ResourceState {
  readonly type: string;
  readonly id: string;
  readonly at: number;
  readonly exists: boolean;
  /** Whether the attributes are all that there were. */
  readonly complete: boolean;
  readonly attributes: JsonObject;
  readonly lastEntry: string | null;
}

/** Counts of sealed entries, by kind and outcome. */
export interface Statistics {
  readonly from: number;
  /** Behind the last interval. */
  readonly to: number;
  readonly interval: "hour" | "day";
  readonly zone: string;
  readonly total: number;
  readonly series: readonly Series[];
}

export interface Series {
  readonly kind: Kind;
  readonly outcome: Outcome;
  readonly total: number;
  /** The beginnings of intervals, and how many entries are in each. */
  readonly points: readonly (readonly [number, number])[];
}

/** The roles beyond reading. */
export type Right = "audit-export" | "audit-erase" | "audit-configure";

export interface LogStatus {
  readonly origin: string;
  readonly epoch: number;
  /** A frozen log is an earlier epoch: nothing is added to it. */
  readonly state: "ACTIVE" | "HALTED" | "FROZEN";
  readonly haltReason: string | null;
  readonly size: number;
  readonly signedSize: number;
  readonly staged: number;
  readonly quarantined: number;
  readonly vkey: string | null;
  readonly keyCustody: string;
  readonly keyProblem: string | null;
  readonly checkpoint: string | null;
  readonly checkpointTime: number | null;
  readonly witness: Witness | null;
  readonly witnesses?: Witnesses | null;
  /** How far the log is archived, where the server does that. */
  readonly archives?: { readonly size: number; readonly error: string | null } | null;
  /** The newest time stamp of an authority, where the server has checkpoints stamped. */
  readonly timeStamp?: { readonly size: number; readonly time: number | null; readonly error: string | null } | null;
  readonly verification: { readonly findings: number; readonly time: number | null; readonly size: number };
  /** Where entries are sent on to, where the server does that. */
  readonly sinks?: readonly Sink[];
  /** The first index from which on the database has every entry; 0 and absent where nothing was pruned. */
  readonly minIndex?: number;
  /** What of it this admin has. */
  readonly rights?: readonly Right[];
}

/** Somebody who is told the log's entries as they are sealed. */
export interface Sink {
  readonly name: string;
  readonly kind: string;
  readonly state: string;
  /** Whether it is told every realm's log. */
  readonly ofServer: boolean;
  /** Entries that it has not got yet. */
  readonly behind: number;
  readonly lagSeconds: number;
  /** Attempts that failed since the last one that did not. */
  readonly failures: number;
  readonly lastSuccess: number | null;
  readonly lastError: string | null;
}

/** Those who are asked to cosign checkpoints. */
export interface Witnesses {
  /** Up to where as many of them have cosigned as the policy wants. */
  readonly quorumSize: number;
  /** Signed entries beyond that. */
  readonly quorumLag: number;
  readonly overdue: boolean;
  readonly asked: readonly AskedWitness[];
}

export interface AskedWitness {
  readonly name: string;
  readonly url: string;
  /** Up to where it has cosigned, and when. */
  readonly size: number;
  readonly time: number | null;
  readonly error: string | null;
}

/** The outside memory of checkpoints. */
export interface Witness {
  readonly path: string;
  readonly error: string | null;
  readonly errors: number;
  readonly size: number | null;
}

export interface Keys {
  readonly custody: "database" | "file" | "vault";
  readonly keys: readonly LogKey[];
  readonly problem: string | null;
}

export interface LogKey {
  readonly vkey: string;
  readonly keyId: string;
  readonly type: string;
  /** Whether it signed the newest checkpoint. */
  readonly signs: boolean;
  readonly entry: string | null;
  readonly sinceTime: number | null;
}

/** What the server's own verification has found, and when. */
export interface Verifications {
  readonly sampled: number | null;
  readonly verified: number | null;
  readonly verifiedSize: number;
  readonly findings: readonly Finding[];
}

export interface Finding {
  readonly check: string;
  readonly finding: string;
  readonly time?: number;
}

export interface VerificationRun {
  readonly entries: number;
  readonly size: number;
  readonly findings: readonly Finding[];
}
