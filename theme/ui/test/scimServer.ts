import type { EntrySummary } from "../src/api/types";
import type { Activity, Connection, Token } from "../src/scim/api/types";

/** A connection with the settings that the server gives to a new one. */
export function connection(name: string, changes: Partial<Connection> = {}): Connection {
  return {
    name,
    kind: "generic",
    client: `scim-${name}`,
    paused: false,
    policy: {
      visibility: "all",
      existing: "refuse",
      deletion: "delete",
      endSessions: true,
      passwords: "accept",
      requiredActions: [],
      invite: false,
      administrators: false,
      logReads: false,
    },
    ...changes,
  };
}

/** What came by a connection and was refused with this error. */
export function refused(at: number, error: string): EntrySummary {
  return {
    id: `entry-${at}`,
    index: at,
    state: "sealed",
    time: Date.now() - 60_000,
    kind: "scim",
    operation: "ACTION",
    resourceType: "SCIM_REQUEST",
    outcome: "failure",
    actor: { type: "client", id: null, name: "service-account-scim-okta", client: "scim-okta" },
    target: { type: "SCIM_REQUEST", id: null, name: null, path: "Users" },
    ip: "192.0.2.10",
    error,
  };
}

/** Stands in for the connections' REST and the log's search, and keeps what is changed. */
export class ScimServer {
  connections: Connection[] = [];
  tokens: Record<string, Token[]> = {};
  entries: EntrySummary[] = [];
  activities: Record<string, Partial<Activity>> = {};
  /** Method and path of each request, newest last. */
  readonly asked: string[] = [];
  /** The body of each PUT and POST, newest last. */
  readonly sent: unknown[] = [];
  /** What is answered in place of everything whose method and path match; 0 is no answer. */
  fault: { readonly when: RegExp; readonly status: number; readonly description?: string } | undefined;

  /** What `fetch` does: answers a request to the REST of any realm. */
  async fetch(input: string, init?: RequestInit): Promise<Response> {
    const url = new URL(input);
    const path = url.pathname.replace(/^\/admin\/realms\/[^/]+\//, "") + url.search;
    const method = init?.method ?? "GET";
    this.asked.push(`${method} ${path}`);
    if (this.fault?.when.test(`${method} ${path}`)) {
      const { status, description } = this.fault;
      return status === 0
        ? Promise.reject(new TypeError("network"))
        : Response.json(description ? { error: "e", error_description: description } : {}, { status });
    }
    const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : undefined;
    if (body) {
      this.sent.push(body);
    }
    const answer = this.#answer(method, path, body);
    return answer === undefined
      ? Response.json({ error: "not_found", error_description: "none" }, { status: 404 })
      : answer === null
        ? new Response(null, { status: 204 })
        : Response.json(answer, { status: method === "POST" ? 201 : 200 });
  }

  #answer(method: string, path: string, body: Record<string, unknown> | undefined): unknown {
    const [resource = "", name = "", , id = "", action] = path.replace("keyledger/", "").split("/");
    if (path.startsWith("audit-log/entries?")) {
      const query = new URLSearchParams(path.split("?")[1]);
      const found = this.entries.filter(({ outcome }) => !query.has("outcome") || query.get("outcome") === outcome);
      return { entries: found, next: null };
    }
    if (path === "keyledger/activity") {
      return this.connections.map((one) => this.#activity(one.name));
    }
    if (path === "users/profile") {
      return { attributes: [{ name: "username" }, { name: "department" }, { name: "shoe size" }] };
    }
    if (path.startsWith("users?")) {
      const text = new URLSearchParams(path.split("?")[1]).get("search") ?? "";
      return ["alice", "bob"]
        .filter((user) => user.includes(text))
        .map((user) => ({ id: `id-${user}`, username: user }));
    }
    if (path === "authentication/required-actions") {
      return [
        { alias: "UPDATE_PASSWORD", name: "Update Password", enabled: true },
        { alias: "TERMS_AND_CONDITIONS", name: "Terms", enabled: false },
      ];
    }
    if (resource !== "connections") {
      return undefined;
    }
    if (name === "") {
      return this.connections;
    }
    if (path.endsWith("/activity")) {
      return this.#activity(name);
    }
    if (path.endsWith("/users/id-alice")) {
      return { id: "id-alice", userName: "alice" };
    }
    if (path.includes("/users/")) {
      return undefined;
    }
    return path.includes("/tokens")
      ? this.#token(method, name, id, action, body)
      : this.#connection(method, name, body as Partial<Connection> | undefined);
  }

  #activity(name: string): Activity {
    const none = { lastRequest: null, lastStatus: null, lastError: null, requests: 0, errors: 0 };
    return { connection: name, ...none, ...this.activities[name] };
  }

  #connection(method: string, name: string, body: Partial<Connection> | undefined): unknown {
    const known = this.connections.find((one) => one.name === name);
    const others = this.connections.filter((one) => one.name !== name);
    if (method === "PUT") {
      const policy = { ...connection(name).policy, ...body?.policy };
      const made = { ...connection(name), ...body, policy };
      this.connections = [...others, made];
      return made;
    }
    if (method === "DELETE" && known) {
      this.connections = others;
      return null;
    }
    return known;
  }

  #token(
    method: string,
    name: string,
    id: string,
    action: string | undefined,
    body?: Record<string, unknown>,
  ): unknown {
    const known = this.tokens[name] ?? [];
    const old = known.find((token) => token.id === id);
    if (method === "GET") {
      return known;
    }
    if (method === "DELETE" && old) {
      this.tokens[name] = known.filter((token) => token !== old);
      return null;
    }
    const made: Token = {
      id: `t${known.length + 1}`,
      name: action ? (old?.name ?? "") : String(body?.name),
      created: new Date().toISOString(),
      expires: new Date(Date.now() + Number(body?.expiresInDays) * 86_400_000).toISOString(),
      lastUsed: null,
    };
    this.tokens[name] = [...known, made];
    return { ...made, token: `keyledger_${made.id}_secret` };
  }
}
