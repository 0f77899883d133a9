import { Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { EntrySummary } from "../api/types";
import type { ListView } from "../hooks/useListView";
import { useLanguage } from "../i18n";
import { type Column, EntryRow, NARROW_COLUMNS } from "./EntryRow";

type Percent = 10 | 15 | 20 | 30 | 35;

// given, because a browser left to itself takes the room from the names, which alone may break anywhere
const WIDTHS: Readonly<Record<Column, Percent>> = {
  time: 15,
  actor: 20,
  operation: 10,
  target: 20,
  kind: 15,
  outcome: 10,
  ip: 10,
  index: 10,
};
const NARROW_WIDTHS: Readonly<Record<Column, Percent>> = { ...WIDTHS, time: 20, actor: 30, operation: 15, target: 35 };

interface EntryTableProps {
  /** `undefined` until the first page is there. */
  readonly rows: readonly EntrySummary[] | undefined;
  /** Whether another page is on its way. */
  readonly isStale: boolean;
  readonly openEntry: string | undefined;
  /** Those that came while somebody watched. */
  readonly newEntries: ReadonlySet<string>;
  readonly view: ListView;
  /** Whether the pointer or the focus is among the rows. */
  readonly onHold: (isHeld: boolean) => void;
  readonly rowLinkId: (entry: string) => string;
  readonly href: (entry: string) => string;
  readonly onOpen: (entry: string) => void;
}

/** The entries of one page, newest first; a skeleton of it while the first is being fetched. */
export const EntryTable = ({
  rows,
  isStale,
  openEntry,
  newEntries,
  view,
  onHold,
  rowLinkId,
  href,
  onOpen,
}: EntryTableProps) => {
  const { t } = useLanguage();
  const widths = openEntry ? NARROW_WIDTHS : WIDTHS;
  const columns = openEntry ? NARROW_COLUMNS : view.columns;
  return (
    <Table
      aria-label={t("title")}
      aria-busy={isStale}
      {...(!view.isSpacious && { variant: "compact" as const })}
      className={`${isStale && rows ? "keyledger-stale" : ""} ${openEntry ? "keyledger-narrow" : ""}`}
      data-testid="keyledger-entries"
    >
      <Thead>
        <Tr>
          {columns.map((column) => (
            <Th key={column} width={widths[column]}>
              {t(`column.${column}`)}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody
        onPointerEnter={() => onHold(true)}
        onPointerLeave={() => onHold(false)}
        onFocus={() => onHold(true)}
        onBlur={() => onHold(false)}
      >
        {rows?.map((entry) => (
          <EntryRow
            key={entry.id}
            entry={entry}
            columns={columns}
            isOpen={openEntry === entry.id || openEntry === String(entry.index)}
            isNew={newEntries.has(entry.id)}
            linkId={rowLinkId(entry.id)}
            href={href}
            onOpen={() => onOpen(entry.id)}
          />
        )) ?? <SkeletonRows columns={columns} />}
      </Tbody>
    </Table>
  );
};

const SkeletonRows = ({ columns }: { readonly columns: readonly Column[] }) => {
  const { t } = useLanguage();
  return (
    <>
      {["80%", "65%", "90%", "70%", "85%", "60%", "75%", "95%"].map((width, row) => (
        <Tr key={width} data-testid="keyledger-skeleton">
          {columns.map((column, at) => (
            <Td key={column} dataLabel={t(`column.${column}`)}>
              <Skeleton width={width} {...(row === 0 && at === 0 && { screenreaderText: t("loading") })} />
            </Td>
          ))}
        </Tr>
      ))}
    </>
  );
};
