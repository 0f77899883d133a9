import type { Actor } from "./types";

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
