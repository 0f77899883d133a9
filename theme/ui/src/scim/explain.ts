/** A refusal as the log has it: `409 uniqueness: userName "alice" is taken`. */
export interface Refused {
  readonly status: number | undefined;
  readonly scimType: string | undefined;
  /** What the client was told; all of the text where it has another shape. */
  readonly detail: string;
}

/** What each cause has in the messages: `scim.explain.{cause}` says what happened, `….hint` what to do. */
export const CAUSES = [
  "uniqueness",
  "mutability",
  "invalidSyntax",
  "invalidPath",
  "noTarget",
  "invalidValue",
  "invalidFilter",
  "tooMany",
  "sensitive",
  "400",
  "401",
  "403",
  "404",
  "405",
  "409",
  "412",
  "413",
  "415",
  "429",
  "500",
  "503",
] as const;
export type Cause = (typeof CAUSES)[number] | "other";

export function parseRefusal(error: string): Refused {
  const found = /^(\d{3})(?: (\w+))?(?:: (.*))?$/s.exec(error);
  return found
    ? { status: Number(found[1]), scimType: found[2], detail: found[3] ?? "" }
    : { status: undefined, scimType: undefined, detail: error };
}

/** How Keycloak calls it when a client cannot sign in. */
const SIGN_IN_ERRORS = ["invalid_token", "invalid_client", "invalid_client_credentials"];

/** The keyword says more than the status. */
export function causeOf({ status, scimType, detail }: Refused): Cause {
  if (status === undefined && SIGN_IN_ERRORS.includes(detail)) {
    return "401";
  }
  return CAUSES.find((cause) => cause === scimType) ?? CAUSES.find((cause) => cause === String(status)) ?? "other";
}
