import type { PageContext } from "../context";
import type { EntryDetail, EntryPage, LogStatus } from "./types";

/** An answer that is not 2xx. `status` 0: there was no answer. */
export class HttpError extends Error {
  readonly status: number;

  constructor(status: number, options?: ErrorOptions) {
    super(status === 0 ? "no answer" : `the server answered ${status}`, options);
    this.status = status;
  }
}

/** The admin REST of one realm's audit log. */
export interface AuditLogApi {
  status(signal: AbortSignal): Promise<LogStatus>;
  entries(query: URLSearchParams, signal: AbortSignal): Promise<EntryPage>;
  entry(id: string, signal: AbortSignal): Promise<EntryDetail>;
  /** The text of a `.tlog-proof` file. */
  proof(id: string): Promise<string>;
}

export function auditLogApi(context: PageContext): AuditLogApi {
  const base = `${context.adminBaseUrl}/admin/realms/${encodeURIComponent(context.realm)}/audit-log`;

  const get = async (path: string, accept: string, signal?: AbortSignal): Promise<Response> => {
    let response: Response;
    try {
      const authorization = `Bearer ${await context.getAccessToken()}`;
      response = await fetch(`${base}/${path}`, { headers: { accept, authorization }, signal: signal ?? null });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new HttpError(0, { cause });
    }
    if (!response.ok) {
      throw new HttpError(response.status);
    }
    return response;
  };
  const json = async <T>(path: string, signal: AbortSignal): Promise<T> =>
    (await get(path, "application/json", signal)).json() as Promise<T>;

  return {
    status: (signal) => json("status", signal),
    entries: (query, signal) => json(`entries?${query}`, signal),
    entry: (id, signal) => json(`entries/${encodeURIComponent(id)}`, signal),
    proof: async (id) => (await get(`entries/${encodeURIComponent(id)}/proof`, "text/plain")).text(),
  };
}
