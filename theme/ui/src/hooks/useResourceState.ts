import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import type { Resource } from "../location";
import { useLoad } from "./useLoad";

/** A resource as it was at two moments; the second one may be left out. */
export function useResourceStates({ type, id }: Resource, at: number, than: number | undefined) {
  const api = useApi();
  const fetcher = useCallback(
    async (signal: AbortSignal) => {
      const [first, second] = await Promise.all([
        api.state(type, id, at, signal),
        than === undefined ? undefined : api.state(type, id, than, signal),
      ]);
      return { first, second };
    },
    [api, type, id, at, than],
  );
  return useLoad(fetcher);
}
