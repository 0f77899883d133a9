import { HttpError, Refusal, readReason } from "../../api/client";
import type { JsonObject } from "../../api/types";
import type { PageContext } from "../../context";
import type {
  Activity,
  Connection,
  ConnectionSettings,
  IssuedToken,
  ProfileAttribute,
  RequiredAction,
  Token,
  UserSummary,
} from "./types";

/** The admin REST of one realm's connections, and what else of the realm their pages need. */
export interface ScimApi {
  connections(signal: AbortSignal): Promise<readonly Connection[]>;
  connection(name: string, signal: AbortSignal): Promise<Connection>;
  /** Makes the connection, or makes it what `settings` says. */
  put(name: string, settings: ConnectionSettings): Promise<Connection>;
  remove(name: string): Promise<void>;
  tokens(connection: string, signal?: AbortSignal): Promise<readonly Token[]>;
  issue(connection: string, name: string, expiresInDays: number): Promise<IssuedToken>;
  rotate(connection: string, id: string, overlapHours: number, expiresInDays: number): Promise<IssuedToken>;
  revoke(connection: string, id: string): Promise<void>;
  /** How much each connection is used, by name. */
  activities(signal: AbortSignal): Promise<readonly Activity[]>;
  activity(connection: string, signal: AbortSignal): Promise<Activity>;
  /** One user as the connection shows him to its client. */
  preview(connection: string, user: string, signal: AbortSignal): Promise<JsonObject>;
  /** The first users whose name, address or user name contains the text. */
  users(text: string, signal: AbortSignal): Promise<readonly UserSummary[]>;
  profile(signal: AbortSignal): Promise<readonly ProfileAttribute[]>;
  /** What the realm can have a user do at the next login. */
  requiredActions(signal: AbortSignal): Promise<readonly RequiredAction[]>;
}

export function scimApi(context: PageContext): ScimApi {
  const realm = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}`;

  const send = async (method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> => {
    let response: Response;
    try {
      response = await fetch(`${realm}/${path}`, {
        method,
        headers: {
          accept: "application/json",
          authorization: `Bearer ${await context.getAccessToken()}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        body: body === undefined ? null : JSON.stringify(body),
        signal: signal ?? null,
      });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new HttpError(0, { cause });
    }
    if (!response.ok) {
      throw new Refusal(response.status, await readReason(response));
    }
    return response;
  };
  const json = async <T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> =>
    (await send(method, path, body, signal)).json() as Promise<T>;
  const at = (...parts: readonly string[]) => ["keyledger/connections", ...parts.map(encodeURIComponent)].join("/");

  return {
    connections: (signal) => json("GET", at(), undefined, signal),
    connection: (name, signal) => json("GET", at(name), undefined, signal),
    put: (name, settings) => json("PUT", at(name), settings),
    remove: async (name) => void (await send("DELETE", at(name))),
    tokens: (connection, signal) => json("GET", at(connection, "tokens"), undefined, signal),
    issue: (connection, name, expiresInDays) => json("POST", at(connection, "tokens"), { name, expiresInDays }),
    rotate: (connection, id, overlapHours, expiresInDays) =>
      json("POST", at(connection, "tokens", id, "rotate"), { overlapHours, expiresInDays }),
    activities: (signal) => json("GET", "keyledger/activity", undefined, signal),
    activity: (connection, signal) => json("GET", at(connection, "activity"), undefined, signal),
    preview: (connection, user, signal) => json("GET", at(connection, "users", user), undefined, signal),
    users: (text, signal) => {
      const query = new URLSearchParams({ search: text, max: "8", briefRepresentation: "true" });
      return json("GET", `users?${query}`, undefined, signal);
    },
    profile: async (signal) => {
      const profile = await json<{ readonly attributes?: readonly ProfileAttribute[] }>(
        "GET",
        "users/profile",
        undefined,
        signal,
      );
      return profile.attributes ?? [];
    },
    requiredActions: (signal) => json("GET", "authentication/required-actions", undefined, signal),
    revoke: async (connection, id) => void (await send("DELETE", at(connection, "tokens", id))),
  };
}
