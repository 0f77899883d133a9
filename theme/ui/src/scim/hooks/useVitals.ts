import { useCallback } from "react";
import { type Load, useLoad } from "../../hooks/useLoad";
import { BUILT_IN, type Connection } from "../api/types";
import { useScim } from "../ScimContext";

/** Whether a connection lives: what its row in the list says of the last hours. */
export interface Vitals {
  /** Milliseconds since 1970; `null` for never, `undefined` where it cannot be told. */
  readonly lastActivity: number | null | undefined;
  /** Requests of the last 24 hours that were refused; `undefined` where this admin may not know. */
  readonly errors: number | undefined;
  /** Whether there are more errors than were counted. */
  readonly hasMoreErrors: boolean;
}

const DAY_MS = 86_400_000;
const COUNTED = 100;

/** Asks when its tokens were used last, and the audit log for what was done and refused. */
export function useVitals({ name, client }: Connection): Load<Vitals> {
  const { api, log, page } = useScim();
  const fetcher = useCallback(
    async (signal: AbortSignal): Promise<Vitals> => {
      // the log knows a connection by its client; the built-in one has none
      const canSearch = page.viewAuditLog !== false && client !== undefined;
      const search = (query: Record<string, string>) =>
        canSearch ? log.entries(new URLSearchParams({ connection: client, ...query }), signal) : undefined;
      const unknown = () => {
        signal.throwIfAborted();
        return undefined; // one thing that cannot be told hides no other
      };
      const [tokens, newest, failures] = await Promise.all([
        name === BUILT_IN ? undefined : api.tokens(name, signal).catch(unknown),
        search({ max: "1" })?.catch(unknown),
        search({ max: String(COUNTED), outcome: "failure", from: String(Date.now() - DAY_MS) })?.catch(unknown),
      ]);
      const times = [
        ...(tokens ?? []).map(({ lastUsed }) => lastUsed && Date.parse(lastUsed)),
        newest?.entries[0]?.time,
      ];
      const known = times.filter((time): time is number => typeof time === "number");
      return {
        lastActivity: known.length > 0 ? Math.max(...known) : tokens || newest ? null : undefined,
        errors: failures?.entries.length,
        hasMoreErrors: Boolean(failures?.next),
      };
    },
    [api, log, page, name, client],
  );
  const [vitals] = useLoad(fetcher);
  return vitals;
}
