import { type SampleEntry, sampleLog } from "./sampleLog";

export const START = Date.UTC(2026, 10, 24, 9, 0);

const names = ["alice", "bob", "carol"];

function entry(at: number): SampleEntry {
  const name = names[at % names.length] ?? "";
  const target = { type: "USER", id: `id-of-${name}`, name, path: `users/id-of-${name}` };
  const net = { ip: "192.0.2.10", requestId: `request-${at}`, userAgent: "okta-scim/1.0" };
  const time = START + at * 60_000;
  if (at % 2 === 0) {
    return {
      time,
      kind: "scim",
      operation: "UPDATE",
      resourceType: "USER",
      slots: {
        actor: { type: "client", id: "id-of-okta", name: "service-account-okta", client: "okta" },
        target,
        net,
        change: {
          before: { active: true, "name.familyName": "Huber" },
          after: { active: false, "name.familyName": "Meyer" },
          details: { "scim.connection": "okta", "scim.method": "PATCH" },
        },
      },
    };
  }
  return {
    time,
    kind: "user",
    operation: "LOGIN",
    outcome: "failure",
    resourceType: "USER",
    slots: {
      actor: { type: "anonymous", name, client: "account-console" },
      target,
      net,
      change: { before: null, after: null, error: "invalid_user_credentials" },
    },
  };
}

/** Seven entries, oldest first; the last is still staged. */
export const ENTRIES = sampleLog(
  Array.from({ length: 7 }, (_, at) => entry(at)),
  1,
);
