import { COLUMNS, type Column } from "../components/EntryRow";
import { useStored } from "./useStored";

/** How this admin wants the list. */
export interface ListView {
  readonly columns: readonly Column[];
  readonly isSpacious: boolean;
}

const USUAL: ListView = {
  columns: ["time", "actor", "operation", "target", "kind", "outcome", "index"],
  isSpacious: false,
};

export function useListView() {
  return useStored<ListView>("list", USUAL, parse);
}

function parse(stored: unknown): ListView | undefined {
  const { columns, isSpacious } = (stored ?? {}) as { columns?: unknown; isSpacious?: unknown };
  return Array.isArray(columns)
    ? {
        columns: COLUMNS.filter((column) => column === "time" || columns.includes(column)),
        isSpacious: isSpacious === true,
      }
    : undefined;
}
