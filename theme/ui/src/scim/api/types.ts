/** Who is on the other side of a connection. */
export const KINDS = ["okta", "entra", "generic"] as const;
export type Kind = (typeof KINDS)[number];

/** The connection that serves every client which is none of its own. */
export const BUILT_IN = "default";

/** What the requests of a connection mean; what each member does is in the messages `scim.policy.{member}`. */
export interface Policy {
  readonly visibility: "all" | "provisioned";
  readonly existing: "refuse" | "adopt";
  readonly deletion: "delete" | "disable" | "delayed";
  /** With `delayed`: 1 to 3650. */
  readonly deleteAfterDays?: number;
  readonly endSessions: boolean;
  readonly passwords: "accept" | "ignore";
  readonly requiredActions: readonly string[];
  readonly invite: boolean;
  readonly administrators: boolean;
  readonly requestsPerMinute?: number;
  readonly logReads: boolean;
}

/** Somebody else whose access tokens are accepted. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly jwksUrl: string;
}

/** The identity provider by which the people of a connection log in. */
export interface IdentityLink {
  readonly alias: string;
  readonly subject: "externalId" | "userName";
}

/** A connection as the API gives and takes it. */
export interface Connection {
  /** Lower case letters, digits and dashes, at most 40. */
  readonly name: string;
  readonly kind: Kind;
  readonly displayName?: string;
  readonly client?: string;
  readonly paused: boolean;
  readonly tokenScope?: string;
  readonly organization?: string;
  readonly issuer?: Issuer;
  readonly identityProvider?: IdentityLink;
  /** User attributes in which this connection keeps an attribute of SCIM, by the latter. */
  readonly attributes?: Readonly<Record<string, string>>;
  readonly policy: Policy;
}

/** What a PUT says; what it leaves out has its default. */
export type ConnectionSettings = Partial<Omit<Connection, "name" | "policy">> & { readonly policy?: Partial<Policy> };

/** A provisioning token; times are ISO 8601. */
export interface Token {
  readonly id: string;
  readonly name: string;
  readonly created: string;
  readonly expires: string;
  /** `null` until its first request; to the minute. */
  readonly lastUsed: string | null;
}

/** A token with its text, which is told this once. */
export interface IssuedToken extends Token {
  readonly token: string;
}

/** How much a connection was used in this hour and the 23 before it; times are ISO 8601. */
export interface Activity {
  readonly connection: string;
  readonly lastRequest: string | null;
  /** The HTTP status that it got. */
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly requests: number;
  /** Requests that got a status of 400 or more. */
  readonly errors: number;
}

/** A user of the realm, as Keycloak's own API lists them. */
export interface UserSummary {
  readonly id: string;
  readonly username: string;
}

/** An attribute of the realm's user profile. */
export interface ProfileAttribute {
  readonly name: string;
  readonly annotations?: Readonly<Record<string, unknown>>;
}

/** What Keycloak can have a user do at the next login. */
export interface RequiredAction {
  readonly alias: string;
  readonly name: string;
  readonly enabled: boolean;
}

/** What people call the connection. */
export function titleOf({ displayName, name }: Pick<Connection, "displayName" | "name">): string {
  return displayName || name;
}
