import { type RefObject, useEffect } from "react";

/**
 * In a row that is wider than its place, moves the link or tab of where one is into view, also when the arrows beside the row
 * take some of its place.
 *
 * @param current what the row marks as current
 */
export function useCurrentInView(place: RefObject<HTMLElement>, current: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is current then
  useEffect(() => {
    const item = place.current?.querySelector(".pf-m-current");
    const row = item?.closest("ul");
    if (!item || !row) {
      return;
    }
    const show = () => {
      const [inner, outer] = [item.getBoundingClientRect(), row.getBoundingClientRect()];
      row.scrollLeft += Math.min(0, inner.left - outer.left) + Math.max(0, inner.right - outer.right);
    };
    const observer = new ResizeObserver(show);
    observer.observe(row);
    return () => observer.disconnect();
  }, [place, current]);
}
