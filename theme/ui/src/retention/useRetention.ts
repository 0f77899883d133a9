import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "../hooks/useLoad";

/** How long entries are kept, how far they were pruned, and the archives that have them all. */
export function useRetention() {
  const api = useApi();
  return useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const retention = await api.retention(signal);
        return { retention, archives: retention.archiving ? await api.archives(signal) : [] };
      },
      [api],
    ),
  );
}
