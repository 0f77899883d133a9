/** The server's answer to "what may this admin see here, and in which words". */
export interface ConsoleView {
  readonly viewAuditLog: boolean;
  readonly viewConnections: boolean;
  readonly readConnections: boolean;
  readonly manageConnections: boolean;
  readonly findUsers: boolean;
  readonly findClients: boolean;
  /** Where the realm's own endpoints are for the world outside: `https://sso.example.com/realms/acme`. */
  readonly realmUrl: string;
  readonly locale: string;
  readonly messages: Readonly<Record<string, string>>;
}

const FRESH_MS = 30_000;
const PATIENCE_MS = 15_000;

interface Asked {
  readonly at: number;
  readonly answer: Promise<ConsoleView | undefined>;
}

/**
 * Asks the server once a realm and half minute, so that a role given or taken shows without a reload. An answer that does
 * not come is `undefined`: the navigation then has no item of ours, and nothing else changes.
 */
export class ConsoleViews {
  private readonly asked = new Map<string, Asked>();
  private readonly adminBaseUrl: string;
  private readonly accessToken: () => Promise<string>;

  constructor(adminBaseUrl: string, accessToken: () => Promise<string>) {
    this.adminBaseUrl = adminBaseUrl;
    this.accessToken = accessToken;
  }

  of(realm: string): Promise<ConsoleView | undefined> {
    const known = this.asked.get(realm);
    if (known && Date.now() - known.at < FRESH_MS) {
      return known.answer;
    }
    const answer = this.ask(realm).catch(() => undefined);
    this.asked.set(realm, { at: Date.now(), answer });
    return answer;
  }

  private async ask(realm: string): Promise<ConsoleView | undefined> {
    const response = await fetch(
      `${this.adminBaseUrl}/admin/realms/${encodeURIComponent(realm)}/keyledger-console/me`,
      {
        headers: { accept: "application/json", authorization: `Bearer ${await this.accessToken()}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
      },
    );
    const body: unknown = response.ok ? await response.json() : undefined;
    return isView(body) ? body : undefined;
  }
}

function isView(body: unknown): body is ConsoleView {
  return typeof body === "object" && body !== null && "messages" in body && typeof body.messages === "object";
}
