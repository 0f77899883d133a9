import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import type { EntryPage } from "../api/types";
import { type AuditLocation, toApiQuery } from "../location";
import { useLoad } from "./useLoad";

/** The page of entries that the location asks for. */
export function useEntries({ filters, trail }: Pick<AuditLocation, "filters" | "trail">) {
  const api = useApi();
  // compared by what they say, so that opening an entry does not fetch the list again
  const key = JSON.stringify([filters, trail]);
  const fetcher = useCallback(
    (signal: AbortSignal): Promise<EntryPage> => {
      const [wanted, cursors] = JSON.parse(key) as [AuditLocation["filters"], string[]];
      return api.entries(toApiQuery(wanted, cursors, Date.now()), signal);
    },
    [api, key],
  );
  return useLoad(fetcher);
}
