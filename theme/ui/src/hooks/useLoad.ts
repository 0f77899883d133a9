import { useCallback, useEffect, useState } from "react";

/** What is known of something that is being fetched. While it is fetched anew, the last value stays. */
export type Load<T> =
  | { readonly state: "loading"; readonly value?: T }
  | { readonly state: "ready"; readonly value: T }
  | { readonly state: "failed"; readonly error: unknown };

/**
 * Fetches whenever `fetcher` changes (give it by useCallback) and when asked to again. An answer that is overtaken by
 * the next question is dropped.
 */
export function useLoad<T>(fetcher: (signal: AbortSignal) => Promise<T>): readonly [Load<T>, () => void] {
  const [load, setLoad] = useState<Load<T>>({ state: "loading" });
  const [request, setRequest] = useState({ fetcher });
  if (request.fetcher !== fetcher) {
    setRequest({ fetcher });
  }
  useEffect(() => {
    const abort = new AbortController();
    setLoad((last) => (last.state === "ready" ? { state: "loading", value: last.value } : { state: "loading" }));
    request.fetcher(abort.signal).then(
      (value) => abort.signal.aborted || setLoad({ state: "ready", value }),
      (error: unknown) => abort.signal.aborted || setLoad({ state: "failed", error }),
    );
    return () => abort.abort();
  }, [request]);
  const again = useCallback(() => setRequest(({ fetcher }) => ({ fetcher })), []);
  return [load, again];
}
