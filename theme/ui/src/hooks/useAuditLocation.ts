import { useCallback, useMemo } from "react";
import { type AuditLocation, formatLocation, parseLocation } from "../location";
import { goToHash, useHash } from "./useHash";

export interface Navigation {
  readonly location: AuditLocation;
  /** The link to another place of the page. */
  readonly href: (to: Partial<AuditLocation>) => string;
  /** Goes there; the browser's Back leads back. */
  readonly go: (to: Partial<AuditLocation>) => void;
}

/** Where in the page the address bar says we are; every filter, page and entry has an address of its own. */
export function useAuditLocation(): Navigation {
  const hash = useHash();
  const location = useMemo(() => parseLocation(hash), [hash]);
  const href = useCallback((to: Partial<AuditLocation>) => formatLocation({ ...location, ...to }), [location]);
  const go = useCallback((to: Partial<AuditLocation>) => goToHash(href(to)), [href]);
  return { location, href, go };
}
