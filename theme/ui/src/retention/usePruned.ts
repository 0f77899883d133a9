import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "../hooks/useLoad";
import { RANGES, type TimeRange } from "../location";

/**
 * Below which index entries were pruned, if the time reaches back to them; `undefined` where it does not, nothing was
 * pruned, or nobody can say.
 */
export function usePruned({ range, from }: TimeRange): number | undefined {
  const api = useApi();
  const [load] = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const { minIndex } = await api.retention(signal);
        const start = range ? Date.now() - RANGES[range] : from;
        if (minIndex === 0 || start === undefined) {
          return minIndex;
        }
        const oldest = await api.entry(String(minIndex), signal);
        return start < oldest.time ? minIndex : 0;
      },
      [api, range, from],
    ),
  );
  return load.state === "ready" && load.value > 0 ? load.value : undefined;
}
