import { describe, expect, it } from "vitest";
import { AUDIT_LOG, SCIM } from "./pages";
import { historyHref, parseRoute, parseSubject } from "./route";

describe("a route", () => {
  it.each([
    ["#/acme/audit-log/0190a1b2?kind=scim", "acme", AUDIT_LOG],
    ["#/a%20b/provisioning/connections/okta", "a b", SCIM],
    ["#/acme/users", "acme", undefined],
    ["#/100%/audit-log", "100%", AUDIT_LOG],
    ["", "master", undefined],
    ["#/", "master", undefined],
  ])("is read from %s", (hash, realm, page) => {
    expect(parseRoute(hash, "master")).toEqual({ realm, page });
  });
});

describe("the subject of a stock page", () => {
  it.each([
    ["#/acme/users/u-1/settings", "USER", "u-1"],
    ["#/acme/users/f%3Au%3Aalice/credentials", "USER", "f:u:alice"],
    ["#/acme/groups/parent/child", "GROUP", "child"],
    ["#/acme/groups/search/child", "GROUP", "child"],
    ["#/acme/organizations/org/groups/g-1", "GROUP", "g-1"],
    ["#/acme/clients/c-1/settings", "CLIENT", "c-1"],
    ["#/acme/clients/c-1/clientScopes/setup", "CLIENT", "c-1"],
    ["#/acme/clients/c-1/authorization/settings", "CLIENT", "c-1"],
    ["#/acme/clients/c-1/roles/r-1/details", "ROLE", "r-1"],
    ["#/acme/roles/r-1/details", "ROLE", "r-1"],
  ])("of %s is the %s %s", (hash, type, id) => {
    expect(parseSubject(hash)).toEqual({ type, id });
  });

  it.each([
    "#/acme/users",
    "#/acme/users/add-user",
    "#/acme/users/permissions",
    "#/acme/groups",
    "#/acme/groups/search",
    "#/acme/organizations/org/settings",
    "#/acme/organizations/org/groups",
    "#/acme/clients",
    "#/acme/clients/add-client",
    "#/acme/clients/client-registration/anonymous",
    "#/acme/clients/initialAccessToken/create",
    "#/acme/clients/c-1/roles/new",
    "#/acme/clients/c-1/clientScopes/dedicated",
    "#/acme/roles/new",
    "#/acme/audit-log/history/USER/u-1",
    "",
  ])("is nothing on %s", (hash) => {
    expect(parseSubject(hash)).toBeUndefined();
  });

  it("has a history with an address", () => {
    expect(historyHref("a b", { type: "USER", id: "f:u:alice" })).toBe("#/a%20b/audit-log/history/USER/f%3Au%3Aalice");
  });
});
