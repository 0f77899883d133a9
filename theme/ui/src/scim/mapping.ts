import type { ProfileAttribute } from "./api/types";

/** Where an attribute of the realm is in SCIM. */
export interface Mapped {
  readonly keycloak: string;
  readonly scim: string;
}

const REALM_EXTENSION = "urn:keycloak:params:scim:schemas:extension:realm:1.0:User";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

const FIELDS: readonly Mapped[] = [
  { keycloak: "username", scim: "userName" },
  { keycloak: "email", scim: "emails[primary eq true].value" },
  { keycloak: "firstName", scim: "name.givenName" },
  { keycloak: "lastName", scim: "name.familyName" },
  { keycloak: "enabled", scim: "active" },
];
const CORE = ["title", "displayName", "nickName", "profileUrl", "userType", "preferredLanguage", "locale", "timezone"];
const OF_ENTERPRISE = ["department", "costCenter", "employeeNumber", "organization", "division"];

/** The fields of every user, the places of the connection's own, and where each attribute of the user profile is. */
export function mappingOf(
  profile: readonly ProfileAttribute[],
  externalId: string,
  own: Readonly<Record<string, string>> = {},
): readonly Mapped[] {
  const placed = Object.entries(own).map(([scim, keycloak]) => ({ keycloak, scim }));
  const known = new Set([...FIELDS, ...placed].map(({ keycloak }) => keycloak));
  return [
    ...FIELDS,
    { keycloak: externalId, scim: "externalId" },
    ...placed,
    ...profile
      .filter(({ name }) => !known.has(name) && name !== externalId)
      .map((attribute) => ({ keycloak: attribute.name, scim: placeOf(attribute) })),
  ];
}

function placeOf({ name, annotations }: ProfileAttribute): string {
  const annotated = annotations?.["kc.scim.schema.attribute"];
  if (typeof annotated === "string" && annotated !== "") {
    return annotated;
  }
  if (CORE.includes(name)) {
    return name;
  }
  // SCIM has no room for other characters in a name
  return OF_ENTERPRISE.includes(name)
    ? `${ENTERPRISE}:${name}`
    : `${REALM_EXTENSION}:${name.replaceAll(/[^A-Za-z0-9_$-]/g, "_")}`;
}
