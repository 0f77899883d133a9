import { expect, it } from "vitest";
import { formatPlace, parsePlace, type ScimPlace } from "./location";

it.each<[string, ScimPlace]>([
  ["#/acme/provisioning", { view: "list" }],
  ["#/acme/provisioning/connect", { view: "connect" }],
  ["#/acme/provisioning/connect/entra", { view: "connect", kind: "entra" }],
  ["#/acme/provisioning/connections/connect", { view: "connection", name: "connect", tab: "overview" }],
  ["#/acme/provisioning/connections/okta/tokens", { view: "connection", name: "okta", tab: "tokens" }],
])("%s is a place with that address", (hash, place) => {
  expect(parsePlace(hash)).toEqual(place);
  expect(formatPlace("acme", place)).toBe(hash);
});

it.each<[string, ScimPlace]>([
  ["#/acme/provisioning/nonsense", { view: "list" }],
  ["#/acme/provisioning/connections", { view: "list" }],
  ["#/acme/provisioning/connect/nobody?x=1", { view: "connect" }],
  ["#/acme/provisioning/connections/okta/nonsense", { view: "connection", name: "okta", tab: "overview" }],
  ["#/acme/provisioning/connections/100%", { view: "connection", name: "100%", tab: "overview" }],
])("%s, typed by hand, leads somewhere", (hash, place) => {
  expect(parsePlace(hash)).toEqual(place);
});
