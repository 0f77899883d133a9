import { useCallback } from "react";
import { useLoad } from "../../hooks/useLoad";
import type { Activity } from "../api/types";
import { useScim } from "../ScimContext";

/** How much a connection is used; `"loading"` until it is known, `undefined` where it cannot be told. */
export type Usage = Activity | "loading" | undefined;

/** How much each connection is used, by its name; and a way to ask again. */
export function useUsages(): readonly [(connection: string) => Usage, () => void] {
  const { api } = useScim();
  const [activities, reload] = useLoad(useCallback((signal: AbortSignal) => api.activities(signal), [api]));
  const usageOf = (name: string): Usage => {
    const known = activities.state === "failed" ? undefined : activities.value;
    return (
      known?.find(({ connection }) => connection === name) ?? (activities.state === "loading" ? "loading" : undefined)
    );
  };
  return [usageOf, reload];
}

/** How much one connection is used. */
export function useUsage(connection: string): Usage {
  const { api } = useScim();
  const [activity] = useLoad(useCallback((signal: AbortSignal) => api.activity(connection, signal), [api, connection]));
  return activity.state === "ready" ? activity.value : activity.state === "loading" ? "loading" : undefined;
}
