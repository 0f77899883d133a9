import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "../hooks/useLoad";
import type { Filters } from "../location";
import { bucketsOf, statisticsQuery } from "./buckets";

/** How much happened when, for the filters that the server counts by. */
export function useTimeline({ kinds, operations, resourceTypes, outcome, range, from, to }: Filters) {
  const api = useApi();
  const key = JSON.stringify({ kinds, operations, resourceTypes, outcome, range, from, to, fields: {} });
  const fetcher = useCallback(
    async (signal: AbortSignal) => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const statistics = await api.statistics(statisticsQuery(JSON.parse(key) as Filters, Date.now(), zone), signal);
      return { ...statistics, buckets: bucketsOf(statistics) };
    },
    [api, key],
  );
  return useLoad(fetcher);
}
