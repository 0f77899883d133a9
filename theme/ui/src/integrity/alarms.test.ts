import { describe, expect, it } from "vitest";
import type { LogStatus, Sink } from "../api/types";
import { alarmsOf } from "./alarms";

const NOW = Date.UTC(2026, 10, 24);
const well: LogStatus = {
  origin: "sso.example.com/audit/acme",
  epoch: 0,
  state: "ACTIVE",
  haltReason: null,
  size: 10,
  signedSize: 10,
  staged: 0,
  quarantined: 0,
  vkey: "key",
  keyCustody: "file",
  keyProblem: null,
  checkpoint: "text",
  checkpointTime: NOW - 1000,
  witness: { path: "/witness", error: null, errors: 0, size: 10 },
  verification: { findings: 0, time: NOW - 1000, size: 10 },
};
const SIEM: Sink = {
  name: "siem",
  kind: "syslog",
  state: "failing",
  ofServer: true,
  behind: 12,
  lagSeconds: 40,
  failures: 3,
  lastSuccess: NOW - 60_000,
  lastError: "connection refused",
};
const names = (changes: Partial<LogStatus>, verified: number | null = NOW - 1000) =>
  alarmsOf({ ...well, ...changes }, { verified }, NOW).map(({ name }) => name);

describe("what stands around a log", () => {
  it.each([
    ["archives", { archives: { size: 0, error: "the bucket is gone" } }],
    ["timeStamp", { timeStamp: { size: 0, time: null, error: "403 from the authority" } }],
  ])("raises an alarm when it fails: %s", (name, changes) => {
    expect(names(changes)).toEqual([name]);
  });

  it("raises none when it does its work", () => {
    expect(
      names({ archives: { size: 8, error: null }, timeStamp: { size: 9, time: NOW - 1000, error: null } }),
    ).toEqual([]);
  });
});

describe("a log", () => {
  it("raises no alarm when all is well", () => {
    expect(names({})).toEqual([]);
  });

  it.each<[string, Partial<LogStatus>]>([
    ["halted", { state: "HALTED", haltReason: "root is a, want b" }],
    ["findings", { verification: { ...well.verification, findings: 2 } }],
    ["quarantined", { quarantined: 1 }],
    ["keyProblem", { keyProblem: "no such file" }],
    ["witness", { witness: { path: "/witness", error: "read-only", errors: 3, size: 9 } }],
    ["quorum", { witnesses: { quorumSize: 2, quorumLag: 8, overdue: true, asked: [] } }],
    ["late", { staged: 4, checkpointTime: NOW - 180_000 }],
    ["sink", { sinks: [SIEM] }],
    ["frozen", { state: "FROZEN" }],
    ["noWitness", { witness: null }],
    ["custody", { keyCustody: "database" }],
  ])("says that it is %s", (name, changes) => {
    expect(names(changes)).toEqual([name]);
  });

  it("says when nobody has verified it for long, or ever", () => {
    expect(names({}, NOW - 8 * 86_400_000)).toEqual(["unverified"]);
    expect(names({}, null)).toEqual(["neverVerified"]);
  });

  it("is not late while entries wait for the round that is running", () => {
    expect(names({ staged: 4 })).toEqual([]);
  });
});
