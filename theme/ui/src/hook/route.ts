/** The last part of `#/{realm}/audit-log`; the page itself reads what follows it. */
export const AUDIT_LOG = "audit-log";

/** Where the console stands: in which realm, and whether on our page. */
export interface Route {
  readonly realm: string;
  readonly onAuditLog: boolean;
}

/** Reads a hash such as `#/acme/audit-log/0190a1b2?kind=scim`; without a realm in it the login realm is meant. */
export function parseRoute(hash: string, loginRealm: string): Route {
  const [, realm, page] = hash.replace(/\?.*$/s, "").split("/");
  return { realm: realm ? decodeRealm(realm) : loginRealm, onAuditLog: page === AUDIT_LOG };
}

/** The link to our page of one realm. */
export function auditLogHref(realm: string): string {
  return `#/${encodeURIComponent(realm)}/${AUDIT_LOG}`;
}

function decodeRealm(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a hash typed by hand may hold a lone %
  }
}
