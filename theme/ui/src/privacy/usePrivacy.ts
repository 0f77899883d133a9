import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "../hooks/useLoad";

/** The people whom a name may mean. */
export function useSubjects(user: string) {
  const api = useApi();
  return useLoad(useCallback((signal: AbortSignal) => api.subjects(user, signal), [api, user]));
}

/** What was erased, what is being erased, and what may not be. */
export function useRegister() {
  const api = useApi();
  return useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const [erased, holds] = await Promise.all([api.erasures(signal), api.holds(signal)]);
        return { ...erased, holds };
      },
      [api],
    ),
  );
}
