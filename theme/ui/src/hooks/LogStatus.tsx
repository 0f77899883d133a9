import { createContext, type ReactNode, useCallback, useContext } from "react";
import { useApi } from "../api/ApiContext";
import type { LogStatus, Right } from "../api/types";
import { useLoad } from "./useLoad";

const StatusContext = createContext<LogStatus | undefined>(undefined);

/** Asks for the log's status once for everything below. */
export const LogStatusProvider = ({ children }: { readonly children: ReactNode }) => {
  const api = useApi();
  const [load] = useLoad(useCallback((signal: AbortSignal) => api.status(signal), [api]));
  return (
    <StatusContext.Provider value={load.state === "failed" ? undefined : load.value}>{children}</StatusContext.Provider>
  );
};

/** How far the log has come and whether it goes on; `undefined` while that is not known. */
export function useLogStatus(): LogStatus | undefined {
  return useContext(StatusContext);
}

/** Whether this admin has the role. While that is not known, yes: the server refuses what is not to be. */
export function useRight(right: Right): boolean {
  return useLogStatus()?.rights?.includes(right) ?? true;
}
