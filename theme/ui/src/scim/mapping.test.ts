import { expect, it } from "vitest";
import { mappingOf } from "./mapping";

const EXTENSION = "urn:keycloak:params:scim:schemas:extension:realm:1.0:User";

function placeOf(name: string, annotations?: Record<string, unknown>) {
  const mapped = mappingOf([{ name, ...(annotations && { annotations }) }], "externalId.okta");
  return mapped.find(({ keycloak }) => keycloak === name)?.scim;
}

it.each([
  ["username", "userName"],
  ["externalId.okta", "externalId"],
  ["title", "title"],
  ["department", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"],
  ["costs", `${EXTENSION}:costs`],
  ["shoe size", `${EXTENSION}:shoe_size`],
])("%s of Keycloak is %s in SCIM", (name, scim) => {
  expect(placeOf(name)).toBe(scim);
});

it("an annotation of the profile decides", () => {
  expect(placeOf("costs", { "kc.scim.schema.attribute": "urn:acme:User:costs" })).toBe("urn:acme:User:costs");
});

it("each attribute is there once", () => {
  const names = mappingOf([{ name: "username" }, { name: "email" }], "externalId").map(({ keycloak }) => keycloak);
  expect(new Set(names).size).toBe(names.length);
});
