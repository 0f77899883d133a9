import { describe, expect, it } from "vitest";
import { ENTRIES } from "../../test/entries";
import { signedCheckpoint } from "../../test/sampleLog";
import type { EntryDetail, Proof } from "../api/types";
import { fromBase64, toBase64, utf8 } from "./bytes";
import { verifyEntry } from "./verifyEntry";

const entry = ENTRIES[2] as EntryDetail & { proof: Proof };

const failedSteps = (changed: EntryDetail) =>
  verifyEntry(changed)
    .steps.filter((step) => step.state === "failed")
    .map((step) => step.name);

describe("verifyEntry", () => {
  it.each(ENTRIES.filter(({ proof }) => proof))("passes entry $index as the log made it", (sealed) => {
    const report = verifyEntry(sealed);
    expect(report.steps.map(({ name, state, problem }) => [name, state, problem])).toEqual([
      ["content", "passed", undefined],
      ["commitments", "passed", undefined],
      ["leafHash", "passed", undefined],
      ["inclusion", "passed", undefined],
      ["signature", "passed", undefined],
    ]);
    expect(report.state).toBe("passed");
  });

  it("shows the numbers: the computed root is the signed one", () => {
    const facts = new Map(
      verifyEntry(entry).steps.flatMap((step) => step.facts.map(({ name, value }) => [name, value])),
    );
    expect(facts.get("computedRoot")).toMatch(/^[0-9a-f]{64}$/);
    expect(facts.get("computedRoot")).toBe(facts.get("signedRoot"));
    expect(facts.get("treeSize")).toBe("6");
  });

  it("leaves the tree's steps of a staged entry pending and passes the others", () => {
    const report = verifyEntry(ENTRIES[6] as EntryDetail);
    expect(report.state).toBe("pending");
    expect(report.steps.map(({ state }) => state)).toEqual(["passed", "passed", "passed", "pending", "pending"]);
  });

  it.each<[string, Partial<EntryDetail>]>([
    ["time", { time: entry.time + 1 }],
    ["kind", { kind: "admin" }],
    ["operation", { operation: "DELETE" }],
    ["resource type", { resourceType: "GROUP" }],
    ["outcome", { outcome: "failure" }],
    ["actor", { actor: { type: "user", id: "id-of-okta", name: "mallory", client: "okta" } }],
    ["target", { target: null }],
    ["ip", { ip: "10.0.0.1" }],
    ["error", { error: "none of this happened" }],
  ])("fails the content when another %s is shown than logged", (_what, change) => {
    expect(failedSteps({ ...entry, ...change })).toEqual(["content"]);
  });

  it("fails the commitments when a private value was changed", () => {
    const change = { ...entry.slots.change, value: { before: { active: true }, after: { active: true } } };
    const changed = { ...entry, slots: { ...entry.slots, change: { ...change, state: "open" as const } } };
    expect(failedSteps(changed)).toEqual(["commitments"]);
  });

  it("fails the commitments when a private part is missing or was added", () => {
    const { change, ...rest } = entry.slots;
    expect(failedSteps({ ...entry, slots: rest })).toEqual(["commitments"]);
    expect(failedSteps({ ...entry, slots: { ...entry.slots, more: change ?? { state: "erased" } } })).toEqual([
      "commitments",
    ]);
  });

  it("passes with an erased part, whose commitment stays", () => {
    const erased = { ...entry, ip: null, slots: { ...entry.slots, net: { state: "erased" as const } } };
    expect(verifyEntry(erased).state).toBe("passed");
  });

  it("fails the tree when the leaf is another, however well it is written", () => {
    const leaf = toBase64(utf8(new TextDecoder().decode(fromBase64(entry.leaf)).replace("UPDATE", "CREATE")));
    expect(failedSteps({ ...entry, operation: "CREATE", leaf })).toEqual(["leafHash", "inclusion"]);
  });

  it("fails every step, and does not throw, when the leaf is no leaf", () => {
    expect(failedSteps({ ...entry, leaf: "%%%" })).toEqual([
      "content",
      "commitments",
      "leafHash",
      "inclusion",
      "signature",
    ]);
  });

  it.each<[string, Partial<Proof>]>([
    ["another index", { leafIndex: 3 }],
    ["another size", { treeSize: 5 }],
    ["a hash too many", { hashes: [...entry.proof.hashes, entry.leafHash] }],
    ["a hash too few", { hashes: entry.proof.hashes.slice(1) }],
    ["its hashes in another order", { hashes: entry.proof.hashes.toReversed() }],
    ["the leaf hash in place of a sibling", { hashes: [entry.leafHash, ...entry.proof.hashes.slice(1)] }],
  ])("fails the inclusion with %s", (_what, change) => {
    expect(failedSteps({ ...entry, proof: { ...entry.proof, ...change } })).toEqual(["inclusion"]);
  });

  it("fails the inclusion when the checkpoint is of another tree of that size", () => {
    const other = signedCheckpoint(Array.from({ length: 6 }, (_, at) => Buffer.alloc(32, at)));
    expect(failedSteps({ ...entry, proof: { ...entry.proof, checkpoint: other } })).toEqual(["inclusion"]);
  });

  it("fails the signature when the checkpoint was forged", () => {
    const checkpoint = entry.proof.checkpoint.replace(/.(?=.{20}\n$)/, (char) => (char === "Q" ? "R" : "Q"));
    expect(failedSteps({ ...entry, proof: { ...entry.proof, checkpoint } })).toEqual(["signature"]);
  });

  it("fails the signature when the key belongs to another log", () => {
    const vkey = "audit.example.com/kc/realm-a+34e3ab70+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
    expect(failedSteps({ ...entry, proof: { ...entry.proof, vkey } })).toEqual(["signature"]);
  });
});
