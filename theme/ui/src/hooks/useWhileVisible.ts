import { useEffect, useRef } from "react";
import { useIsVisible } from "./useIsVisible";

/** Does something again and again while the page is in front of somebody, and at once when it comes back. */
export function useWhileVisible(work: () => void, everyMs: number): void {
  const isVisible = useIsVisible();
  const wasHidden = useRef(false);
  useEffect(() => {
    if (!isVisible) {
      wasHidden.current = true;
      return;
    }
    if (wasHidden.current) {
      wasHidden.current = false;
      work();
    }
    const timer = setInterval(work, everyMs);
    return () => clearInterval(timer);
  }, [work, everyMs, isVisible]);
}
