import { useCallback, useState } from "react";

/**
 * A value that this browser keeps for this admin. Where it keeps nothing (a private window, a full disk) the value lasts
 * as long as the page.
 *
 * @param parse reads what was stored, by whatever version; `undefined` for what it cannot read
 */
export function useStored<T>(key: string, fallback: T, parse: (stored: unknown) => T | undefined) {
  const [value, setValue] = useState<T>(() => read(key, parse) ?? fallback);
  const store = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(`keyledger.${key}`, JSON.stringify(next));
      } catch {
        // it is a convenience
      }
    },
    [key],
  );
  return [value, store] as const;
}

function read<T>(key: string, parse: (stored: unknown) => T | undefined): T | undefined {
  try {
    const text = localStorage.getItem(`keyledger.${key}`);
    return text === null ? undefined : parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
