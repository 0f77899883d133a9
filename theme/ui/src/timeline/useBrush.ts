import { type KeyboardEvent, type PointerEvent, useState } from "react";
import type { Bucket } from "./buckets";

/** Around the bars, in pixels, where the axes are. */
export const PADDING = { top: 8, right: 12, bottom: 28, left: 48 } as const;

/** Two bars and all between them, by their numbers. */
export interface Selection {
  readonly first: number;
  readonly last: number;
}

interface Brush {
  /** The bar under the pointer or the cursor of the keyboard. */
  readonly cursor: number | undefined;
  readonly selection: Selection | undefined;
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
    readonly onPointerLeave: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
}

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowDown: (at) => at - 1,
  ArrowUp: (at) => at + 1,
  PageDown: (at) => at - 7,
  PageUp: (at) => at + 7,
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * Selects a range of bars: by dragging over them, or with the arrow keys, which extend the selection while Shift is
 * held. Letting go or Enter takes it, Escape gives it up.
 */
export function useBrush(buckets: readonly Bucket[], onSelect: (selection: Selection) => void): Brush {
  const [anchor, setAnchor] = useState<number>();
  const [cursor, setCursor] = useState<number>();
  const [isDragging, setIsDragging] = useState(false);
  const end = buckets.length - 1;
  const clamp = (at: number) => Math.min(end, Math.max(0, at));
  const selection =
    anchor === undefined || cursor === undefined
      ? undefined
      : { first: Math.min(anchor, cursor), last: Math.max(anchor, cursor) };
  const giveUp = () => {
    setAnchor(undefined);
    setIsDragging(false);
  };
  const take = (taken: Selection | undefined) => {
    giveUp();
    if (taken) {
      onSelect(taken);
    }
  };
  const under = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const from = buckets[0]?.start ?? 0;
    const to = buckets[end]?.end ?? 0;
    const time = from + ((event.clientX - box.left) / Math.max(1, box.width)) * (to - from);
    return clamp(buckets.findIndex((bucket) => time < bucket.end));
  };
  return {
    cursor,
    selection,
    handlers: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture?.(event.pointerId);
        setAnchor(under(event));
        setCursor(under(event));
        setIsDragging(true);
      },
      onPointerMove: (event) => setCursor(under(event)),
      onPointerUp: () => isDragging && take(selection),
      onPointerCancel: giveUp,
      onPointerLeave: () => !isDragging && setCursor(undefined),
      onKeyDown: (event) => {
        const at = cursor ?? end;
        const step = STEPS[event.key];
        if (step) {
          event.preventDefault();
          setAnchor(event.shiftKey ? (anchor ?? at) : undefined);
          setCursor(clamp(step(at, end)));
        } else if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          take(selection ?? { first: at, last: at });
        } else if (event.key === "Escape" && anchor !== undefined) {
          event.stopPropagation();
          giveUp();
        }
      },
      onFocus: () => setCursor((at) => at ?? end),
      onBlur: () => {
        giveUp();
        setCursor(undefined);
      },
    },
  };
}
