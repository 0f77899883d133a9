import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "../hooks/useLoad";
import { useWhileVisible } from "../hooks/useWhileVisible";

const EVERY_MS = 15_000;

/** How the log stands, its keys and what its verification has found; asked for anew while somebody looks. */
export function useIntegrity() {
  const api = useApi();
  const fetcher = useCallback(
    async (signal: AbortSignal) => {
      const [status, keys, verifications] = await Promise.all([
        api.status(signal),
        api.keys(signal),
        api.verifications(signal),
      ]);
      return { status, keys, verifications, now: Date.now() };
    },
    [api],
  );
  const [load, again] = useLoad(fetcher);
  useWhileVisible(again, EVERY_MS);
  return [load, again] as const;
}
