import { createContext, useContext } from "react";
import type { AuditLogApi } from "../api/client";
import type { PageContext } from "../context";
import type { ScimApi } from "./api/client";

/** What every part of the pages may use. */
export interface Scim {
  readonly api: ScimApi;
  readonly log: AuditLogApi;
  readonly page: PageContext;
}

export const ScimContext = createContext<Scim | undefined>(undefined);

export function useScim(): Scim {
  const scim = useContext(ScimContext);
  if (!scim) {
    throw new Error("useScim is used outside ScimContext");
  }
  return scim;
}
