import { useSyncExternalStore } from "react";

const MOVED = "keyledger:moved"; // pushState raises no event of its own

/** The hash of the address, which names the page and the place in it. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

/** Goes to another place of the page without loading anything; the browser's Back leads back. */
export function goToHash(hash: string): void {
  if (hash !== window.location.hash) {
    history.pushState(null, "", hash);
    window.dispatchEvent(new Event(MOVED));
  }
}

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
