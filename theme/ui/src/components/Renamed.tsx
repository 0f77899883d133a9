import { type ReactNode, useEffect, useRef } from "react";

/** What PatternFly calls something in English, and what we call it. */
export type Names = Readonly<Record<string, string>>;

interface RenamedProps {
  readonly names: Names;
  readonly children: ReactNode;
}

/** Says in the admin's language what PatternFly names itself and lets nobody name: it is renamed wherever it is drawn inside. */
export const Renamed = ({ names, children }: RenamedProps) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const inside = box.current;
    if (!inside) {
      return;
    }
    rename(inside, names);
    const observer = new MutationObserver(() => rename(inside, names));
    observer.observe(inside, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [names]);
  return <div ref={box}>{children}</div>;
};

/** Renames what is inside now. */
export function rename(inside: Element, names: Names): void {
  for (const element of inside.querySelectorAll("[aria-label]")) {
    const name = names[element.getAttribute("aria-label") ?? ""];
    if (name !== undefined) {
      element.setAttribute("aria-label", name);
    }
  }
}
