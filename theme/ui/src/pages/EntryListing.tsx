import { EmptyList } from "../components/EmptyList";
import { EntryTable } from "../components/EntryTable";
import { FilterToolbar } from "../components/FilterToolbar";
import { Pager } from "../components/Pager";
import { isForbidden, Problem } from "../components/Problem";
import { useEntries } from "../hooks/useEntries";
import { type AuditLocation, type Filters, isFiltered, NO_FILTERS } from "../location";

interface EntryListingProps {
  readonly location: AuditLocation;
  readonly go: (to: Partial<AuditLocation>) => void;
  readonly href: (to: Partial<AuditLocation>) => string;
  /** The DOM id of the link that opens an entry, to which the focus returns. */
  readonly rowLinkId: (entry: string) => string;
}

/** The filters, the rows that they let through, and the way to older ones. */
export const EntryListing = ({ location, go, href, rowLinkId }: EntryListingProps) => {
  const { filters, trail } = location;
  const [page, reload] = useEntries(location);
  const filterBy = (change: Partial<Filters>) => go({ filters: { ...filters, ...change }, trail: [] });
  const clear = () => go({ filters: NO_FILTERS, trail: [] });
  if (page.state === "failed" && isForbidden(page.error)) {
    return <Problem error={page.error} onRetry={reload} />;
  }
  const shown = page.state === "failed" ? undefined : page.value;
  return (
    <>
      <FilterToolbar
        filters={filters}
        isNarrow={location.entry !== undefined}
        onChange={filterBy}
        onClear={clear}
        onRefresh={reload}
      />
      {page.state === "failed" ? (
        <Problem error={page.error} onRetry={reload} />
      ) : page.state === "ready" && page.value.entries.length === 0 ? (
        <EmptyList isFiltered={isFiltered(filters)} onClear={clear} />
      ) : (
        <EntryTable
          rows={shown?.entries}
          isStale={page.state === "loading"}
          openEntry={location.entry}
          rowLinkId={rowLinkId}
          href={(entry) => href({ entry })}
          onOpen={(entry) => go({ entry })}
        />
      )}
      <Pager
        count={shown?.entries.length}
        next={shown?.next ?? null}
        trail={trail}
        onMove={(moved) => go({ trail: moved })}
      />
    </>
  );
};
