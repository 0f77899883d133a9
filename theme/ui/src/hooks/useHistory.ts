import { useCallback, useState } from "react";
import { useApi } from "../api/ApiContext";
import type { HistoryEntry } from "../api/types";
import type { Resource } from "../location";
import { useLoad } from "./useLoad";

/** What was done to one resource, newest first; older pages are added when they are asked for. */
export function useHistory({ type, id }: Resource) {
  const api = useApi();
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const fetcher = useCallback(
    async (signal: AbortSignal) => {
      const pages = await Promise.all(
        [undefined, ...cursors].map((before) =>
          api.history(type, id, new URLSearchParams({ max: "50", ...(before && { before }) }), signal),
        ),
      );
      return {
        entries: pages.flatMap(({ entries }): readonly HistoryEntry[] => entries),
        next: pages.at(-1)?.next ?? null,
      };
    },
    [api, type, id, cursors],
  );
  const [load, retry] = useLoad(fetcher);
  const older = (next: string) => setCursors((all) => [...all, next]);
  return { load, retry, older };
}
