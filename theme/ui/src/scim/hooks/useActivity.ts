import { useCallback } from "react";
import type { EntryPage, Outcome } from "../../api/types";
import { useLoad } from "../../hooks/useLoad";
import { useScim } from "../ScimContext";

const PAGE_SIZE = "20";

/** One page of what came by the connection of that name, newest first; `before` is the cursor of the page. */
export function useActivity(connection: string, outcome: Outcome | undefined, before: string | undefined) {
  const { log } = useScim();
  const fetcher = useCallback(
    (signal: AbortSignal): Promise<EntryPage> => {
      const query = new URLSearchParams({ connection, max: PAGE_SIZE });
      if (outcome) {
        query.set("outcome", outcome);
      }
      if (before) {
        query.set("before", before);
      }
      return log.entries(query, signal);
    },
    [log, connection, outcome, before],
  );
  return useLoad(fetcher);
}
