import { useStored } from "./useStored";

/** Filters that this admin gave a name; the query is that of the page's address. */
export interface SavedFilter {
  readonly name: string;
  readonly query: string;
}

/** The saved filters of one realm, kept in this browser. */
export function useSavedFilters(realm: string) {
  const [saved, setSaved] = useStored<readonly SavedFilter[]>(`filters.${realm}`, [], parse);
  const others = (name: string) => saved.filter((filter) => filter.name !== name);
  return {
    saved,
    save: (filter: SavedFilter) =>
      setSaved([...others(filter.name), filter].sort((a, b) => a.name.localeCompare(b.name))),
    remove: (name: string) => setSaved(others(name)),
  };
}

function parse(stored: unknown): readonly SavedFilter[] | undefined {
  return Array.isArray(stored)
    ? stored.filter((one): one is SavedFilter => typeof one?.name === "string" && typeof one?.query === "string")
    : undefined;
}
