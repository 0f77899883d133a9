import { useCallback } from "react";
import { useApi } from "../api/ApiContext";
import { useLoad } from "./useLoad";

/** One entry with its private parts and its proof. */
export function useEntry(id: string) {
  const api = useApi();
  return useLoad(useCallback((signal: AbortSignal) => api.entry(id, signal), [api, id]));
}
