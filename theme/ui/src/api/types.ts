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

/** A person in the log. */
export interface Subject {
  /** Names the person in the API, and nobody to anybody else. */
  readonly subject: string;
  readonly userId: string | null;
  /** All that the log knows, present and former. */
  readonly names: readonly string[];
  readonly entries: number;
  readonly state: "open" | "held" | "erased";
  readonly hold: HoldTerms | null;
}

export interface HoldTerms {
  readonly reason: string;
  readonly since: number;
  readonly until: number | null;
}

/** The kinds whose entries may be pruned some day; those of the system are kept for ever. */
export const PRUNED_KINDS = ["user", "admin", "scim"] as const;
export type PrunedKind = (typeof PRUNED_KINDS)[number];

/** How long the database keeps the entries of a kind, as an ISO 8601 period such as `P12M`; `null` is for ever. */
export type Periods = { readonly [kind in PrunedKind]: string | null };

/** How long entries stay in the database, and how far those whose time is over have left it. */
export interface Retention {
  /** Whether the server archives. What is not archived is not pruned. */
  readonly archiving: boolean;
  /** How many entries are archived and pruned at once. */
  readonly unit: number;
  /** From it on the database has every entry; below it those that their kind, their period or a hold keeps. */
  readonly minIndex: number;
  readonly size: number;
  readonly periods: Periods;
  /** The first entry that somebody who is told the log has not got; `null` where everybody has everything. */
  readonly undelivered: number | null;
  readonly pruned: readonly PrunedRange[];
}

/** The entries `[from, to)`, of which `kept` are still in the database. */
export interface PrunedRange {
  readonly from: number;
  readonly to: number;
  readonly kept: number;
  /** When, milliseconds since 1970. */
  readonly pruned: number;
  /** The index of the entry that says so; `null` while that has none. */
  readonly index: number | null;
}

/** The entries `[from, to)` in a file. */
export interface Archive {
  readonly from: number;
  readonly to: number;
  readonly sha256: string;
  readonly place: string;
  /** When it was read back and verified. */
  readonly verified: number;
}

/** A legal hold in force. */
export interface Hold extends HoldTerms {
  readonly subject: string;
}

export interface ErasureDone {
  readonly entry: { readonly id: string; readonly index: number | null };
  /** How many entries lost a private part. */
  readonly entries: number;
}

/** What was erased, newest first, and what is being erased, oldest first. */
export interface Erasures {
  readonly erasures: readonly Erasure[];
  readonly underWay: readonly ErasureUnderWay[];
}

/** How far an erasure is. It does not tell of whom. */
export interface ErasureUnderWay {
  readonly reason: string;
  readonly since: number;
  /** When a server was last seen at it. */
  readonly seen: number;
  /** How many entries were looked at for what others' tell of the person, `0 <= looked <= toLook`. */
  readonly looked: number;
  readonly toLook: number;
  /** How many have lost a private part. */
  readonly entries: number;
}

/** An erasure of the past, as the log's own entry tells it. It does not tell of whom. */
export interface Erasure extends ErasureDone {
  readonly time: number;
  readonly by: Actor | null;
  readonly reason: string | null;
  readonly legalBasis: string | null;
}
