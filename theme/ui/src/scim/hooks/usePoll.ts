import { useEffect, useState } from "react";

const FIRST_MS = 2_000;
const GROWTH = 1.4;
const LONGEST_MS = 15_000;

/** What the last question brought. */
export interface Poll<T> {
  readonly value?: T;
  /** Why the last question had no answer; the next one is asked all the same. */
  readonly error?: unknown;
}

/**
 * Asks at once and then again, more and more rarely, until `isDone`. Asks nothing while nobody can see the page, and
 * at once when it is seen again. Give `ask` and `isDone` by useCallback.
 */
export function usePoll<T>(ask: (signal: AbortSignal) => Promise<T>, isDone: (value: T) => boolean): Poll<T> {
  const [poll, setPoll] = useState<Poll<T>>({});
  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wait = FIRST_MS;
    let isAsking = false;
    const next = async () => {
      if (document.hidden || isAsking || abort.signal.aborted) {
        return;
      }
      isAsking = true;
      const answer = await ask(abort.signal).then(
        (value): Poll<T> => ({ value }),
        (error: unknown): Poll<T> => ({ error }),
      );
      isAsking = false;
      if (abort.signal.aborted) {
        return;
      }
      setPoll(answer);
      if (answer.value === undefined || !isDone(answer.value)) {
        timer = setTimeout(next, wait);
        wait = Math.min(wait * GROWTH, LONGEST_MS);
      } else {
        document.removeEventListener("visibilitychange", seen);
      }
    };
    const seen = () => {
      clearTimeout(timer);
      wait = FIRST_MS;
      void next();
    };
    document.addEventListener("visibilitychange", seen);
    void next();
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [ask, isDone]);
  return poll;
}
