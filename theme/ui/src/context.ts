/**
 * What a page is given by whoever shows it: today our hook in the stock console, one day perhaps an interface of the
 * console itself. A page asks nothing else of its surroundings.
 */
export interface PageContext {
  /** The name of the administered realm. */
  readonly realm: string;
  /** Where the realm's own endpoints are for the world outside: `https://sso.example.com/realms/acme`. */
  readonly realmUrl?: string;
  /** The server's base URL for admin REST, without a trailing slash: `https://sso.example.com` or `…/auth`. */
  readonly adminBaseUrl: string;
  /** A token that is good for at least some seconds; rejects when the admin's session has ended. */
  readonly getAccessToken: () => Promise<string>;
  /** Whether the admin may read the realm's connections, change them, and read its audit log; the server decides. */
  readonly readConnections?: boolean;
  readonly manageConnections?: boolean;
  readonly viewAuditLog?: boolean;
  /** Whether he may search the realm's users, and its clients. */
  readonly findUsers?: boolean;
  readonly findClients?: boolean;
  /** The admin's language as a BCP 47 tag. */
  readonly locale: string;
  /** The texts in that language; what is missing is shown in English. */
  readonly messages: Readonly<Record<string, string>>;
}
