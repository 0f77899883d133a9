import { useCallback } from "react";
import type { EntryPage } from "../../api/types";
import { useLoad } from "../../hooks/useLoad";
import type { Connection } from "../api/types";
import { useScim } from "../ScimContext";

const PAGE_SIZE = "20";

/** What is shown of a connection: all that came by it, what of that failed, or who could not sign in as its client. */
export const VIEWS = ["all", "failures", "signIns"] as const;
export type View = (typeof VIEWS)[number];

/** One page of that, newest first; `before` is the cursor of the page. */
export function useActivity({ name, client }: Connection, view: View, before: string | undefined) {
  const { log } = useScim();
  const fetcher = useCallback(
    (signal: AbortSignal): Promise<EntryPage> => {
      const query = view === "signIns" ? refusedSignIns(client) : new URLSearchParams({ connection: name });
      query.set("max", PAGE_SIZE);
      if (view === "failures") {
        query.set("outcome", "failure");
      }
      if (before) {
        query.set("before", before);
      }
      return log.entries(query, signal);
    },
    [log, name, client, view, before],
  );
  return useLoad(fetcher);
}

/** The filters of requests that were refused with 401, of one client or of anybody: nobody's connection is theirs. */
export function refusedSignIns(client?: string): URLSearchParams {
  const query = new URLSearchParams({ kind: "user", operation: "CLIENT_LOGIN", outcome: "failure" });
  if (client) {
    query.set("client", client);
  }
  return query;
}
