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

const people = ["alice", "bob", "carol", "dora.montgomery-featherstonehaugh.the.third", "erik"];

/** A few weeks that end `now`: working days, failed logins, an import by night, and a long name. */
export function manyEntries(count: number, now: number) {
  const samples = Array.from({ length: count }, (_, at): SampleEntry => {
    // irregular, but always the same
    const noise = (at * 7919) % 101;
    const name = people[noise % people.length] ?? "";
    const person = { type: "USER", id: `id-of-${name}`, name, path: `users/id-of-${name}` };
    const net = {
      ip: `192.0.2.${10 + (noise % 5)}`,
      requestId: `request-${Math.floor(at / 3)}`,
      userAgent: "okta-scim/1.0",
    };
    const time = now - (count - at) * 100_000 * (3 + (noise % 7)) * 1.2;
    if (noise % 3 === 0) {
      return {
        time,
        kind: "scim",
        operation: noise % 2 === 0 ? "UPDATE" : "CREATE",
        resourceType: "USER",
        slots: {
          actor: { type: "client", id: "id-of-okta", name: "service-account-okta", client: "okta" },
          target: person,
          net,
          change: {
            before: {
              active: true,
              "name.familyName": "Huber",
              emails: [{ value: `${name}@old.example` }],
              title: "Clerk",
            },
            after: {
              active: noise % 2 === 0,
              "name.familyName": "Meyer",
              emails: [{ value: `${name}@new.example` }],
              title: "Clerk",
            },
            details: { "scim.connection": "okta", "scim.method": "PATCH" },
          },
        },
      };
    }
    if (noise % 3 === 1) {
      return {
        time,
        kind: "admin",
        operation: "DELETE",
        resourceType: "GROUP_MEMBERSHIP",
        slots: {
          actor: { type: "user", id: "id-of-root", name: "root", client: "security-admin-console" },
          target: person,
          net,
          change: { before: { groups: ["/Finance", "/Staff"] }, after: { groups: ["/Staff"] } },
        },
      };
    }
    return {
      time,
      kind: "user",
      operation: "LOGIN",
      outcome: noise % 4 === 0 ? "failure" : "success",
      resourceType: "USER",
      slots: {
        actor: { type: "user", id: person.id, name, client: "account-console" },
        target: person,
        net,
        change: { before: null, after: null, ...(noise % 4 === 0 && { error: "invalid_user_credentials" }) },
      },
    };
  });
  return sampleLog(
    samples.sort((a, b) => a.time - b.time),
    1,
  );
}
