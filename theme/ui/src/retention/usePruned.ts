import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLogStatus } from "../hooks/LogStatus";
import { useLoad } from "../hooks/useLoad";
import { RANGES, type TimeRange } from "../location";

/**
 * Below which index entries were pruned, if the time reaches back to them; `undefined` where it does not, nothing was
 * pruned, or nobody can say.
 */
export function usePruned({ range, from }: TimeRange): number | undefined {
  const api = useApi();
  const minIndex = useLogStatus()?.minIndex ?? 0;
  const [load] = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const start = range ? Date.now() - RANGES[range] : from;
        if (minIndex === 0 || start === undefined) {
          return minIndex > 0;
        }
        const oldest = await api.entry(String(minIndex), signal);
        return start < oldest.time;
      },
      [api, minIndex, range, from],
    ),
  );
  return load.state === "ready" && load.value ? minIndex : undefined;
}
