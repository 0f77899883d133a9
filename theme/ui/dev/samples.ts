import type { EntrySummary } from "../src/api/types";
import { manyEntries } from "../test/entries";
import { FakeLog } from "../test/fakeLog";
import { type SampleEntry, sampleLog, summaryOf } from "../test/sampleLog";
import { connection, refused, ScimServer } from "../test/scimServer";

/** What a realm of the sample server answers with. */
export interface SampleRealm {
  readonly log: FakeLog;
  readonly scim: ScimServer;
}

const DAY = 86_400_000;

/** A realm that is used: with somebody who was erased, and the first entries pruned. */
export function usedRealm(): SampleRealm {
  const entries = manyEntries(400, Date.now());
  const slot = { state: "erased", by: 398 } as const;
  const gone = entries.map((entry, at) =>
    at === 397
      ? {
          ...entry,
          ...{ actor: null, target: null, ip: null },
          slots: { ...entry.slots, actor: slot, target: slot, net: slot },
          erased: { actor: 398, target: 398, net: 398 },
        }
      : entry,
  );
  const log = new FakeLog(gone, 50);
  const ranges = [0, 65_536].map((from) => ({ from, to: from + 65_536 }));
  log.retention = {
    ...log.retention,
    archiving: true,
    minIndex: 131_072,
    size: 223_456,
    undelivered: 180_000,
    pruned: ranges.map((range, at) => ({ ...range, kept: 1234 * at, pruned: Date.now() - 9e8, index: 131_100 + at })),
  };
  log.archives = ranges.map((range) => ({
    ...range,
    sha256: "0f3c9a5b1d7e4f2a".repeat(4),
    place: `/mnt/audit-archive/acme/${range.from}-${range.to}-0f3c9a5b1d7e4f2a.keyledger.zip`,
    verified: Date.now() - 9e8,
  }));
  return {
    log,
    scim: connected("Okta", "Okta 2026", log.entries.filter(({ kind }) => kind === "scim").map(summaryOf)),
  };
}

/** A realm that is used, in which a person is being erased. */
export function busyRealm(): SampleRealm {
  const used = usedRealm();
  const since = Date.now() - 90_000;
  used.log.underWay = [
    { reason: "ticket 4711", since, seen: Date.now() + DAY, looked: 1_320_000, toLook: 2_200_000, entries: 0 },
  ];
  return used;
}

/** A realm in which nothing has happened, and nobody is connected. */
export function emptyRealm(): SampleRealm {
  const scim = new ScimServer();
  scim.connections = [connection("default")];
  return { log: new FakeLog([], 50), scim };
}

/** A realm in which everything is called by a name that never ends. */
export function longRealm(): SampleRealm {
  const name = "maximiliane.oberhuber-freifrau-von-und-zu-hohenschwangau".repeat(4);
  const target = { type: "USER", id: `id-of-${name}`, name, path: `users/${name}/groups/${name}` };
  const value = Array.from({ length: 40 }, (_, at) => `urn:example:entitlement:${at}:${name}`);
  const entry = (at: number): SampleEntry => ({
    time: Date.now() - at * DAY,
    kind: at % 2 === 0 ? "scim" : "admin",
    operation: at % 3 === 0 ? "SOME_OPERATION_OF_ANOTHER_EXTENSION_THAT_HAS_NO_WORD_HERE" : "UPDATE",
    resourceType: at % 3 === 0 ? "SOME_RESOURCE_TYPE_OF_ANOTHER_EXTENSION" : "USER",
    outcome: at % 2 === 0 ? "failure" : "success",
    slots: {
      actor: { type: "client", id: `id-of-${name}`, name: `service-account-${name}`, client: name },
      target,
      net: { ip: "2001:0db8:85a3:0000:0000:8a2e:0370:7334", requestId: name, userAgent: name },
      change: {
        before: { [name]: "a", entitlements: value },
        after: { [name]: value.join(" "), entitlements: value.slice(1) },
        error: `invalid_${name}`,
      },
    },
  });
  const log = new FakeLog(sampleLog(Array.from({ length: 12 }, (_, at) => entry(12 - at))), 50);
  log.retention = {
    ...log.retention,
    archiving: true,
    minIndex: 1,
    pruned: [{ from: 0, to: 1_234_567_890, kept: 123_456_789, pruned: Date.now(), index: 1_234_567_891 }],
  };
  log.archives = [
    {
      from: 0,
      to: 1_234_567_890,
      sha256: "0f3c9a5b".repeat(8),
      place: `s3://${name}/${name}.zip`,
      verified: Date.now(),
    },
  ];
  return { log, scim: connected(name, name, log.entries.map(summaryOf)) };
}

function connected(displayName: string, token: string, entries: readonly EntrySummary[]): ScimServer {
  const scim = new ScimServer();
  scim.connections = [
    connection("default"),
    connection("okta", { kind: "okta", displayName, client: "scim-okta", attributes: { nickName: displayName } }),
    connection("entra", { kind: "entra", displayName: "Entra ID", client: "scim-entra", paused: true }),
  ];
  scim.activities.okta = {
    lastRequest: new Date(Date.now() - DAY / 12).toISOString(),
    lastStatus: 409,
    lastError: new Date(Date.now() - DAY / 12).toISOString(),
    requests: 240,
    errors: 17,
  };
  const issued = {
    name: token,
    created: "2026-11-01T00:00:00Z",
    lastUsed: new Date(Date.now() - DAY / 12).toISOString(),
  };
  scim.tokens.okta = [
    { id: "t1", ...issued, expires: new Date(Date.now() + 10 * DAY).toISOString() },
    { id: "t2", ...issued, name: "Okta 2025", expires: new Date(Date.now() - 5 * DAY).toISOString(), lastUsed: null },
  ];
  const errors = [
    '409 uniqueness: userName "alice" is taken',
    "429: slow down",
    "400 invalidValue: no such department",
    displayName,
  ];
  scim.entries = [...errors.map((error, at) => refused(at, error)), ...[...entries].reverse().slice(0, 6)];
  return scim;
}
