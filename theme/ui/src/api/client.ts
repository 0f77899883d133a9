import type { PageContext } from "../context";
import type { Archive, ErasureDone, Erasures, Hold, Periods, Retention, Subject } from "./privacyTypes";
import type {
  EntryDetail,
  EntryPage,
  HistoryPage,
  JsonObject,
  Keys,
  LogStatus,
  ResourceState,
  Statistics,
  VerificationRun,
  Verifications,
} from "./types";

/** An answer that is not 2xx. `status` 0: there was no answer. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, options?: ErrorOptions) {
    super(status === 0 ? "no answer" : `the server answered ${status}`, options);
    this.status = status;
  }
}

/** What an answer that is not 2xx says about itself, where it does: a word for programs, and a sentence for a person. */
export interface Reason {
  readonly code?: string | undefined;
  readonly description?: string | undefined;
}

/** An answer that is not 2xx, with what the server says about it. */
export class Refusal extends HttpError {
  readonly code: string | undefined;
  readonly description: string | undefined;

  constructor(status: number, { code, description }: Reason) {
    super(status);
    this.code = code;
    this.description = description;
  }
}

/** The admin REST of one realm's audit log. */
export interface AuditLogApi {
  status(signal: AbortSignal): Promise<LogStatus>;
  entries(query: URLSearchParams, signal: AbortSignal): Promise<EntryPage>;
  entry(id: string, signal: AbortSignal): Promise<EntryDetail>;
  /** What one request did. */
  request(id: string, signal: AbortSignal): Promise<HistoryPage>;
  statistics(query: URLSearchParams, signal: AbortSignal): Promise<Statistics>;
  history(type: string, id: string, query: URLSearchParams, signal: AbortSignal): Promise<HistoryPage>;
  /** A resource as it was at a moment, milliseconds since 1970. */
  state(type: string, id: string, at: number, signal: AbortSignal): Promise<ResourceState>;
  keys(signal: AbortSignal): Promise<Keys>;
  verifications(signal: AbortSignal): Promise<Verifications>;
  /** Verifies the whole log now, and answers when that is done. */
  verifyNow(signal: AbortSignal): Promise<VerificationRun>;
  /** The server-sent events of new entries; `lastEventId` is where an earlier stream ended. */
  stream(query: URLSearchParams, lastEventId: string | undefined, signal: AbortSignal): Promise<Response>;
  /** An answer to be read as it comes: `export?…` or `bundle?…`. */
  download(path: string, signal: AbortSignal): Promise<Response>;
  /** The people in the log who have or had this id, user name or e-mail address. */
  subjects(user: string, signal: AbortSignal): Promise<readonly Subject[]>;
  erase(subject: string, reason: string, legalBasis: string): Promise<ErasureDone>;
  erasures(signal: AbortSignal): Promise<Erasures>;
  holds(signal: AbortSignal): Promise<readonly Hold[]>;
  /** Puts a legal hold on a person, or replaces it; `until` is the last day, as `2027-06-30`. */
  hold(subject: string, reason: string, until: string | undefined): Promise<void>;
  release(subject: string): Promise<void>;
  /** How long the database keeps entries, and how far they have left it. */
  retention(signal: AbortSignal): Promise<Retention>;
  setPeriods(periods: Periods): Promise<void>;
  /** Prunes now what may be pruned. */
  prune(): Promise<void>;
  /** The ranges that are kept in files; asked of a server that has no archive it is a 404. */
  archives(signal: AbortSignal): Promise<readonly Archive[]>;
  /** Names of users of the realm that contain `text`; none for an admin who may not see users. */
  userNames(text: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Client ids that contain `text`; none for an admin who may not see clients. */
  clientIds(text: string, signal: AbortSignal): Promise<readonly string[]>;
}

const SUGGESTIONS = 8;

export function auditLogApi(context: PageContext): AuditLogApi {
  const realm = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}`;

  const ask = async (path: string, init: RequestInit & { readonly signal: AbortSignal }): Promise<Response> => {
    let response: Response;
    try {
      const authorization = `Bearer ${await context.getAccessToken()}`;
      response = await fetch(`${realm}/${path}`, {
        ...init,
        headers: { accept: "application/json", ...(init.headers as Record<string, string>), authorization },
      });
    } catch (cause) {
      init.signal.throwIfAborted();
      throw new HttpError(0, { cause });
    }
    if (!response.ok) {
      throw new Refusal(response.status, await readReason(response));
    }
    return response;
  };
  const json = async <T>(path: string, signal: AbortSignal): Promise<T> =>
    (await ask(path, { signal })).json() as Promise<T>;
  const log = <T>(path: string, signal: AbortSignal): Promise<T> => json(`audit-log/${path}`, signal);
  const send = (method: string, path: string, body?: JsonObject) =>
    ask(`audit-log/${path}`, {
      method,
      headers: body ? { "content-type": "application/json" } : {},
      body: body ? JSON.stringify(body) : null,
      signal: new AbortController().signal, // what changes something is not given up halfway
    });
  const resource = (type: string, id: string) => `resources/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;
  const suggestions = async (path: string, query: Record<string, string>, name: string, signal: AbortSignal) => {
    const params = new URLSearchParams({ ...query, max: String(SUGGESTIONS) });
    const found = await json<readonly Record<string, string>[]>(`${path}?${params}`, signal);
    return found.flatMap((one) => one[name] ?? []);
  };

  return {
    status: (signal) => log("status", signal),
    entries: (query, signal) => log(`entries?${query}`, signal),
    entry: (id, signal) => log(`entries/${encodeURIComponent(id)}`, signal),
    request: (id, signal) => log(`requests/${encodeURIComponent(id)}`, signal),
    statistics: (query, signal) => log(`statistics?${query}`, signal),
    history: (type, id, query, signal) => log(`${resource(type, id)}/history?${query}`, signal),
    state: (type, id, at, signal) => log(`${resource(type, id)}/state?at=${at}`, signal),
    keys: (signal) => log("keys", signal),
    verifications: (signal) => log("verification", signal),
    verifyNow: async (signal) => (await ask("audit-log/verification", { method: "POST", signal })).json(),
    stream: (query, lastEventId, signal) =>
      ask(`audit-log/stream?${query}`, {
        headers: { accept: "text/event-stream", ...(lastEventId && { "last-event-id": lastEventId }) },
        signal,
      }),
    download: (path, signal) => ask(`audit-log/${path}`, { headers: { accept: "*/*" }, signal }),
    subjects: async (user, signal) =>
      (await log<{ readonly subjects: readonly Subject[] }>(`subjects?${new URLSearchParams({ user })}`, signal))
        .subjects,
    erase: async (subject, reason, legalBasis) =>
      (await send("POST", "erasures", { subject, reason, ...(legalBasis && { legalBasis }) })).json(),
    erasures: (signal) => log("erasures", signal),
    holds: async (signal) => (await log<{ readonly holds: readonly Hold[] }>("holds", signal)).holds,
    hold: async (subject, reason, until) =>
      void (await send("PUT", `holds/${encodeURIComponent(subject)}`, { reason, ...(until && { until }) })),
    release: async (subject) => void (await send("DELETE", `holds/${encodeURIComponent(subject)}`)),
    retention: (signal) => log("retention", signal),
    setPeriods: async (periods) => void (await send("PUT", "retention", { periods })),
    prune: async () => void (await send("POST", "retention/prune")),
    archives: async (signal) => (await log<{ readonly archives: readonly Archive[] }>("archives", signal)).archives,
    // what is known to be refused is not asked for: each refusal is a line in somebody's log
    userNames: async (text, signal) =>
      context.findUsers === false
        ? []
        : suggestions("users", { search: text, briefRepresentation: "true" }, "username", signal),
    clientIds: async (text, signal) =>
      context.findClients === false
        ? []
        : suggestions("clients", { clientId: text, search: "true" }, "clientId", signal),
  };
}

/** What an answer that is not 2xx says about itself. */
export async function readReason(response: Response): Promise<Reason> {
  try {
    const body = (await response.json()) as { readonly error?: unknown; readonly error_description?: unknown };
    const text = (value: unknown) => (typeof value === "string" ? value : undefined);
    return { code: text(body.error), description: text(body.error_description) };
  } catch {
    return {}; // an answer that some proxy made
  }
}
