import type { EntryDetail, Proof } from "../api/types";
import { equalBytes, fromBase64, toHex } from "./bytes";
import { commitment } from "./commitment";
import { differences, type Leaf, parseLeaf } from "./leaf";
import { inclusionPath, leafHash } from "./merkle";
import { parseCheckpoint, parseNote, parseVerifierKey, sameHash, verifyNote } from "./note";

/** The steps from what the page shows to what the log's key has signed, in the order in which each builds on the last. */
export const STEPS = ["content", "commitments", "leafHash", "inclusion", "signature"] as const;
export type StepName = (typeof STEPS)[number];

/** A number or name that a step computed or read; `name` is the last part of its message key. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** What one step found. `pending`: the entry is not in the signed tree yet. */
export interface Step {
  readonly name: StepName;
  readonly state: "passed" | "failed" | "pending";
  readonly facts: readonly Fact[];
  /** What is wrong where the step failed; got and want, not translated. */
  readonly problem?: string;
}

export interface VerificationReport {
  readonly state: "passed" | "failed" | "pending";
  readonly steps: readonly Step[];
}

class StepFailure extends Error {
  readonly facts: readonly Fact[];

  constructor(problem: string, facts: readonly Fact[] = []) {
    super(problem);
    this.facts = facts;
  }
}

/** Recomputes every step in the browser. The server's word counts for nothing but the bytes it sent. */
export function verifyEntry(entry: EntryDetail): VerificationReport {
  const { proof } = entry;
  const steps = [
    run("content", () => checkContent(entry)),
    run("commitments", () => checkCommitments(entry)),
    run("leafHash", () => checkLeafHash(entry)),
    proof ? run("inclusion", () => checkInclusion(entry, proof)) : pending("inclusion"),
    proof ? run("signature", () => checkSignature(entry, proof)) : pending("signature"),
  ];
  const has = (state: Step["state"]) => steps.some((step) => step.state === state);
  return { state: has("failed") ? "failed" : has("pending") ? "pending" : "passed", steps };
}

function run(name: StepName, check: () => readonly Fact[]): Step {
  try {
    return { name, state: "passed", facts: check() };
  } catch (failure) {
    const facts = failure instanceof StepFailure ? failure.facts : [];
    return { name, state: "failed", facts, problem: failure instanceof Error ? failure.message : String(failure) };
  }
}

function pending(name: StepName): Step {
  return { name, state: "pending", facts: [] };
}

function leafOf(entry: EntryDetail): Leaf {
  return parseLeaf(fromBase64(entry.leaf));
}

function checkContent(entry: EntryDetail): readonly Fact[] {
  const leaf = leafOf(entry);
  // what was erased can no longer be shown, so there is nothing to compare it with
  const wrong = differences(entry, leaf);
  if (wrong.length > 0) {
    throw new StepFailure(
      wrong.map(({ member, shown, logged }) => `${member}: shown ${shown}, logged ${logged}`).join("; "),
    );
  }
  return [{ name: "entryId", value: leaf.id }];
}

function checkCommitments(entry: EntryDetail): readonly Fact[] {
  const leaf = leafOf(entry);
  const facts: Fact[] = [];
  for (const name of new Set([...Object.keys(leaf.commitments), ...Object.keys(entry.slots)])) {
    const want = leaf.commitments[name];
    const slot = entry.slots[name];
    if (typeof want !== "string" || !slot) {
      throw new StepFailure(`${name}: ${slot ? "shown, but not in the leaf" : "in the leaf, but not shown"}`, facts);
    }
    facts.push({ name: `slot.${name}`, value: want });
    if (slot.state === "erased") {
      continue; // the commitment stays in the leaf and proves that there was a value
    }
    const got = commitment({ origin: leaf.log, entryId: leaf.id, slot: name }, slot.salt ?? "", slot.value ?? null);
    if (got !== want) {
      throw new StepFailure(`${name}: commitment is ${got}, want ${want}`, facts);
    }
  }
  return facts;
}

function checkLeafHash(entry: EntryDetail): readonly Fact[] {
  const computed = leafHash(fromBase64(entry.leaf));
  const facts = [{ name: "leafHash", value: toHex(computed) }];
  if (!equalBytes(computed, fromBase64(entry.leafHash))) {
    throw new StepFailure(`leaf hash is ${toHex(computed)}, want ${toHex(fromBase64(entry.leafHash))}`, facts);
  }
  return facts;
}

function checkInclusion(entry: EntryDetail, proof: Proof): readonly Fact[] {
  const checkpoint = parseCheckpoint(parseNote(proof.checkpoint).text);
  const leaf = leafHash(fromBase64(entry.leaf));
  const facts: Fact[] = [
    { name: "leafIndex", value: String(proof.leafIndex) },
    { name: "treeSize", value: String(proof.treeSize) },
  ];
  if (entry.index !== proof.leafIndex || checkpoint.size !== proof.treeSize) {
    throw new StepFailure(
      `proof is for index ${proof.leafIndex} of ${proof.treeSize}, want ${entry.index} of ${checkpoint.size}`,
      facts,
    );
  }
  const path = inclusionPath(proof.leafIndex, proof.treeSize, leaf, proof.hashes.map(fromBase64));
  for (const { side, sibling } of path) {
    facts.push({ name: side === "left" ? "siblingLeft" : "siblingRight", value: toHex(sibling) });
  }
  const root = path.at(-1)?.hash ?? leaf;
  facts.push({ name: "computedRoot", value: toHex(root) });
  if (!sameHash(root, checkpoint.root)) {
    throw new StepFailure(`root is ${toHex(root)}, want ${toHex(checkpoint.root)}`, facts);
  }
  return facts;
}

function checkSignature(entry: EntryDetail, proof: Proof): readonly Fact[] {
  const note = parseNote(proof.checkpoint);
  const checkpoint = parseCheckpoint(note.text);
  const key = parseVerifierKey(proof.vkey);
  const facts = [
    { name: "signedRoot", value: toHex(checkpoint.root) },
    { name: "signedSize", value: String(checkpoint.size) },
    { name: "origin", value: checkpoint.origin },
    { name: "keyId", value: key.keyId },
    { name: "publicKey", value: toHex(key.publicKey) },
  ];
  const { log } = leafOf(entry);
  if (checkpoint.origin !== log || key.name !== log) {
    throw new StepFailure(`checkpoint of ${checkpoint.origin} by ${key.name}, want ${log}`, facts);
  }
  const result = verifyNote(note, key);
  if (result !== "verified") {
    throw new StepFailure(
      result === "unsigned"
        ? `no signature by ${key.name} with key ID ${key.keyId}`
        : `the signature by ${key.name} with key ID ${key.keyId} does not fit the checkpoint`,
      facts,
    );
  }
  return facts;
}
