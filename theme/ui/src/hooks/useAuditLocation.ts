import { useCallback, useMemo, useSyncExternalStore } from "react";
import { type AuditLocation, formatLocation, parseLocation } from "../location";

interface Navigation {
  readonly location: AuditLocation;
  /** The link to another place of the page. */
  readonly href: (to: Partial<AuditLocation>) => string;
  /** Goes there; the browser's Back leads back. */
  readonly go: (to: Partial<AuditLocation>) => void;
}

/** Where in the page the address bar says we are; every filter, page and entry has an address of its own. */
export function useAuditLocation(): Navigation {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const location = useMemo(() => parseLocation(hash), [hash]);
  const href = useCallback((to: Partial<AuditLocation>) => formatLocation({ ...location, ...to }), [location]);
  const go = useCallback(
    (to: Partial<AuditLocation>) => {
      const next = href(to);
      if (next !== window.location.hash) {
        history.pushState(null, "", next);
        window.dispatchEvent(new Event(MOVED));
      }
    },
    [href],
  );
  return { location, href, go };
}

const MOVED = "keyledger:moved"; // pushState raises no event of its own

function subscribe(listener: () => void): () => void {
  const events = [MOVED, "popstate", "hashchange"];
  for (const event of events) {
    window.addEventListener(event, listener);
  }
  return () => {
    for (const event of events) {
      window.removeEventListener(event, listener);
    }
  };
}
