import { describe, expect, it } from "vitest";
import { formatLocation, isFiltered, NO_FILTERS, parseLocation, toApiQuery } from "./location";

describe("a location", () => {
  it.each([
    "#/acme/audit-log",
    "#/my%20realm/audit-log/0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b",
    "#/acme/audit-log?kind=admin&kind=scim&operation=LOGIN&operation=CREATE&resourceType=USER&user=a+b%26c&user=d&client=okta&ip=%3A%3A1&outcome=failure&range=24h",
    "#/acme/audit-log/integrity",
    "#/acme/audit-log/export?kind=scim",
    "#/acme/audit-log/history/USER/id%2Fof%20alice?at=2026-11-24T00%3A00%3A00.000Z&than=2026-11-25T00%3A00%3A00.000Z",
    "#/acme/audit-log?live=on",
    "#/acme/audit-log/7?from=2026-11-24T00%3A00%3A00.000Z&to=2026-11-24T23%3A59%3A59.999Z&page=a&page=b",
  ])("is what its address says: %s", (hash) => {
    expect(formatLocation(parseLocation(hash))).toBe(hash);
  });

  it("passes over what an address says that cannot be", () => {
    const { filters } = parseLocation("#/acme/audit-log?kind=nonsense&outcome=perhaps&range=9y&from=yesterday&user=");
    expect(filters).toEqual(NO_FILTERS);
    expect(isFiltered(filters)).toBe(false);
  });

  it("survives a lone percent sign", () => {
    expect(parseLocation("#/50%/audit-log").realm).toBe("50%");
  });
});

describe("the query of the REST", () => {
  it("asks for an end that is included by the first moment behind it", () => {
    const { filters } = parseLocation("#/acme/audit-log?to=2026-11-24T23%3A59%3A59.999Z");
    expect(toApiQuery(filters, [], 0).toString()).toBe("to=2026-11-25T00%3A00%3A00.000Z");
  });

  it("turns a range into a start, and the last cursor into the page", () => {
    const { filters, trail } = parseLocation("#/acme/audit-log?range=1h&kind=scim&page=a&page=b");
    expect(toApiQuery(filters, trail, Date.UTC(2026, 10, 24, 12)).toString()).toBe(
      "kind=scim&from=2026-11-24T11%3A00%3A00.000Z&before=b",
    );
  });
});
