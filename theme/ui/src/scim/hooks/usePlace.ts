import { useCallback, useMemo } from "react";
import { goToHash, useHash } from "../../hooks/useHash";
import { formatPlace, parsePlace, type ScimPlace } from "../location";
import { useScim } from "../ScimContext";

interface Navigation {
  readonly place: ScimPlace;
  readonly href: (to: ScimPlace) => string;
  readonly go: (to: ScimPlace) => void;
}

/** Where in the pages the address bar says we are. */
export function usePlace(): Navigation {
  const { realm } = useScim().page;
  const hash = useHash();
  const place = useMemo(() => parsePlace(hash), [hash]);
  const href = useCallback((to: ScimPlace) => formatPlace(realm, to), [realm]);
  const go = useCallback((to: ScimPlace) => goToHash(formatPlace(realm, to)), [realm]);
  return { place, href, go };
}
