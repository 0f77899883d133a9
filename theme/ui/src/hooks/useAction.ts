import { useCallback, useEffect, useRef, useState } from "react";

/** Something that an admin sets going and that may fail. */
export interface Action<A extends readonly unknown[]> {
  /** Does it unless it is being done; never rejects. */
  readonly run: (...args: A) => void;
  readonly isBusy: boolean;
  /** Why it failed last; `undefined` where it did not. */
  readonly error: unknown;
  /** Forgets the error, as when a dialog opens anew. */
  readonly reset: () => void;
}

/** Runs `work` once at a time, and keeps its error for the screen. */
export function useAction<A extends readonly unknown[]>(work: (...args: A) => Promise<void>): Action<A> {
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly error?: unknown }>({ isBusy: false });
  const latest = useRef(work);
  const isRunning = useRef(false);
  useEffect(() => {
    latest.current = work;
  });
  const run = useCallback((...args: A) => {
    if (isRunning.current) {
      return;
    }
    isRunning.current = true;
    setState({ isBusy: true });
    latest
      .current(...args)
      .then(
        () => setState({ isBusy: false }),
        (error: unknown) => setState({ isBusy: false, error }),
      )
      .finally(() => {
        isRunning.current = false;
      });
  }, []);
  const reset = useCallback(() => setState({ isBusy: false }), []);
  return { run, isBusy: state.isBusy, error: state.error, reset };
}
