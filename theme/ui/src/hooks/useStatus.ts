import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "./useLoad";

/** How far the log has come and whether it goes on. */
export function useStatus() {
  const api = useApi();
  return useLoad(useCallback((signal: AbortSignal) => api.status(signal), [api]));
}
