import { Button } from "@patternfly/react-core";
import { SyncAltIcon } from "@patternfly/react-icons";
import { useMemo, useState } from "react";
import type { EntrySummary } from "../api/types";
import { EmptyList } from "../components/EmptyList";
import { EntryTable } from "../components/EntryTable";
import { FilterToolbar } from "../components/FilterToolbar";
import { LiveSwitch } from "../components/LiveSwitch";
import { Pager } from "../components/Pager";
import { isForbidden, Problem } from "../components/Problem";
import { PrunedNote } from "../components/PrunedNote";
import { SavedFilters } from "../components/SavedFilters";
import { TimeRangeFilter } from "../components/TimeRangeFilter";
import { ViewMenu } from "../components/ViewMenu";
import type { Navigation } from "../hooks/useAuditLocation";
import { useEntries } from "../hooks/useEntries";
import { useListView } from "../hooks/useListView";
import { useLiveTail } from "../hooks/useLiveTail";
import { useLanguage } from "../i18n";
import { type Filters, isFiltered, NO_FILTERS } from "../location";
import { Timeline } from "../timeline/Timeline";

interface EntryListingProps extends Navigation {
  /** The DOM id of the link that opens an entry, to which the focus returns. */
  readonly rowLinkId: (entry: string) => string;
}

/** When and how much, the filters, the rows that they let through, and the way to older ones. */
export const EntryListing = ({ location, go, href, rowLinkId }: EntryListingProps) => {
  const { t } = useLanguage();
  const { filters, trail } = location;
  const [page, reload] = useEntries(location);
  const [view, setView] = useListView();
  const [isHeld, setIsHeld] = useState(false);
  // an older page and a time that has ended have no end at which something could arrive
  const isLive = location.isLive && trail.length === 0 && filters.to === undefined;
  const tail = useLiveTail({ filters, isOn: isLive, isHeld: isHeld || location.entry !== undefined, onBegin: reload });
  const shown = page.state === "failed" ? undefined : page.value;
  const rows = useMemo(() => merge(isLive ? tail.arrived : [], shown?.entries), [isLive, tail.arrived, shown]);
  const newEntries = useMemo(() => new Set(tail.arrived.map(({ id }) => id)), [tail.arrived]);
  const filterBy = (change: Partial<Filters>) => go({ filters: { ...filters, ...change }, trail: [] });
  const clear = () => filterBy(NO_FILTERS);
  if (page.state === "failed" && isForbidden(page.error)) {
    return <Problem error={page.error} onRetry={reload} />;
  }
  return (
    <>
      <div className="keyledger-bar">
        <TimeRangeFilter key={filters.from} time={filters} onChange={filterBy} />
        <LiveSwitch
          isOn={isLive}
          tail={tail}
          onChange={(isOn) => go({ isLive: isOn, ...(isOn && { trail: [], filters: { ...filters, to: undefined } }) })}
          onShow={() => {
            setIsHeld(false);
            go({ entry: undefined });
          }}
        />
        <div className="keyledger-nowrap">
          <Button variant="plain" aria-label={t("refresh")} icon={<SyncAltIcon />} onClick={reload} />
          <SavedFilters realm={location.realm} filters={filters} onApply={filterBy} />
          <ViewMenu view={view} onChange={setView} />
        </div>
      </div>
      {page.state !== "failed" && <Timeline filters={filters} onRange={filterBy} />}
      <FilterToolbar filters={filters} isNarrow={location.entry !== undefined} onChange={filterBy} onClear={clear} />
      {page.state === "failed" ? (
        <Problem error={page.error} onRetry={reload} />
      ) : page.state === "ready" && rows?.length === 0 ? (
        <EmptyList isFiltered={isFiltered(filters)} onClear={clear} />
      ) : (
        <EntryTable
          rows={rows}
          isStale={page.state === "loading"}
          openEntry={location.entry}
          newEntries={newEntries}
          view={view}
          onHold={setIsHeld}
          rowLinkId={rowLinkId}
          href={(entry) => href({ entry })}
          onOpen={(entry) => go({ entry })}
        />
      )}
      {page.state === "ready" && page.value.next === null && <PrunedNote time={filters} href={href} />}
      <Pager
        count={shown?.entries.length}
        next={shown?.next ?? null}
        trail={trail}
        onMove={(moved) => go({ trail: moved })}
      />
    </>
  );
};

/** The page with what has arrived since in front of it; an entry that was staged on the page has arrived sealed. */
function merge(arrived: readonly EntrySummary[], page: readonly EntrySummary[] | undefined) {
  if (!page) {
    return undefined;
  }
  const ids = new Set(arrived.map(({ id }) => id));
  return [...arrived, ...page.filter(({ id }) => !ids.has(id))];
}
