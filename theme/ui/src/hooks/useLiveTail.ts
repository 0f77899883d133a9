import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext";
import { HttpError } from "../api/client";
import { readEvents } from "../api/eventStream";
import type { EntrySummary } from "../api/types";
import { type Filters, toApiQuery } from "../location";
import { useIsVisible } from "./useIsVisible";

/** `lost`: the stream broke off and is being asked for again. `refused`: it will not come. */
export type TailState = "off" | "connecting" | "open" | "lost" | "refused";

export interface LiveTail {
  readonly state: TailState;
  /** Newest first; those that came while the list was held wait outside of it. */
  readonly arrived: readonly EntrySummary[];
  readonly waiting: number;
}

const MOST = 200;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

const NOTHING: { readonly arrived: readonly EntrySummary[]; readonly count: number } = { arrived: [], count: 0 };

interface TailOptions {
  readonly filters: Filters;
  readonly isOn: boolean;
  /** Whether somebody is about to use a row, which must then stay where it is. */
  readonly isHeld: boolean;
  /** Called when a new stream begins: what came before it must be fetched. */
  readonly onBegin: () => void;
}

/**
 * New entries as they are sealed. The stream is closed while nobody looks, and goes on where it was.
 */
export function useLiveTail({ filters, isOn, isHeld, onBegin }: TailOptions): LiveTail {
  const api = useApi();
  const isVisible = useIsVisible();
  const query = toApiQuery({ ...filters, range: undefined, from: undefined, to: undefined }, [], 0).toString();
  const [state, setState] = useState<TailState>("off");
  const [tail, setTail] = useState(NOTHING);
  /** How many had come when the list began to be held. */
  const [heldAt, setHeldAt] = useState<number>();
  const place = useRef<string>();
  const begin = useRef(onBegin);
  begin.current = onBegin;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins anew
  useEffect(() => {
    place.current = undefined;
    setTail(NOTHING);
  }, [query, isOn]);

  useEffect(() => {
    if (!isOn || !isVisible) {
      setState("off");
      return;
    }
    const abort = new AbortController();
    const { signal } = abort;
    const follow = async () => {
      for (let pause = FIRST_PAUSE; !signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
        setState((last) => (last === "lost" ? last : "connecting"));
        try {
          const response = await api.stream(new URLSearchParams(query), place.current, signal);
          const isNew = place.current === undefined;
          setState("open");
          pause = FIRST_PAUSE;
          await readEvents(response.body ?? new ReadableStream(), ({ id, event, data }) => {
            if (isNew && place.current === undefined) {
              begin.current();
            }
            place.current = id ?? place.current;
            if (event === "entry") {
              const entry = JSON.parse(data) as EntrySummary;
              setTail(({ arrived, count }) => ({ arrived: [entry, ...arrived].slice(0, MOST), count: count + 1 }));
            }
          });
        } catch (failure) {
          if (!signal.aborted && failure instanceof HttpError && [400, 401, 403, 404].includes(failure.status)) {
            setState("refused");
            return;
          }
          // that the server ends a stream, as it does with its token, is nothing to speak of
          setState(signal.aborted ? "off" : "lost");
        }
        await sleep(pause, signal);
      }
    };
    void follow();
    return () => abort.abort();
  }, [api, query, isOn, isVisible]);

  if (isHeld !== (heldAt !== undefined)) {
    setHeldAt(isHeld ? tail.count : undefined);
  }
  const waiting = heldAt === undefined ? 0 : Math.max(0, tail.count - heldAt);
  return { state, arrived: tail.arrived.slice(waiting), waiting };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
