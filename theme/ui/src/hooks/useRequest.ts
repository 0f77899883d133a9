import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "./useLoad";

/** The newest entries of one request. */
export function useRequest(id: string) {
  const api = useApi();
  return useLoad(useCallback((signal: AbortSignal) => api.request(id, signal), [api, id]));
}
