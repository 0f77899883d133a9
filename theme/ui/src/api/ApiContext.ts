import { createContext, useContext } from "react";
import type { AuditLogApi } from "./client";

export const ApiContext = createContext<AuditLogApi | undefined>(undefined);

export function useApi(): AuditLogApi {
  const api = useContext(ApiContext);
  if (!api) {
    throw new Error("useApi is used outside ApiContext");
  }
  return api;
}
