import { Td, Tr } from "@patternfly/react-table";
import type { KeyboardEvent, MouseEvent, ReactNode } from "react";
import type { EntrySummary } from "../api/types";
import { type Language, useLanguage } from "../i18n";
import { ErasedMark } from "./ErasedMark";
import { actorName, IndexLabel, OperationLabel, OutcomeMark, targetName } from "./labels";

/** What the list shows of an entry, from left to right. */
export const COLUMNS = ["time", "actor", "operation", "target", "kind", "outcome", "ip", "index"] as const;
export type Column = (typeof COLUMNS)[number];

/** Names may be of any length. */
const BREAKABLE: readonly Column[] = ["actor", "target", "ip"];

/** What is left of it beside an open entry. */
export const NARROW_COLUMNS: readonly Column[] = ["time", "actor", "operation", "target"];

interface EntryRowProps {
  readonly entry: EntrySummary;
  readonly columns: readonly Column[];
  readonly isOpen: boolean;
  /** Whether it came while somebody watched. */
  readonly isNew: boolean;
  readonly linkId: string;
  /** The address of an entry, by its id or index. */
  readonly href: (entry: string) => string;
  readonly onOpen: () => void;
}

/** One row. Its stops for the keyboard are the link with the entry's own address, and those to erasures. */
export const EntryRow = ({ entry, columns, isOpen, isNew, linkId, href, onOpen }: EntryRowProps) => {
  const language = useLanguage();
  const open = (event?: KeyboardEvent | MouseEvent) => {
    const onLink = event?.target instanceof Element && event.target.closest("a") !== null;
    // a click on the link is the browser's own, with all that its modifier keys mean
    if (!(event?.type === "click" && onLink)) {
      onOpen();
    }
  };
  const link = (
    <a id={linkId} href={href(entry.id)} {...(isOpen && { "aria-current": "true" as const })}>
      <span className="keyledger-nowrap">{language.date(entry.time)}</span>{" "}
      <span className="keyledger-nowrap">{language.clock(entry.time)}</span>
    </a>
  );
  return (
    <Tr
      isClickable
      tabIndex={-1}
      isRowSelected={isOpen}
      onRowClick={open}
      {...(isNew && { className: "keyledger-new" })}
    >
      {columns.map((column) => (
        <Td
          key={column}
          dataLabel={language.t(`column.${column}`)}
          {...(BREAKABLE.includes(column) && { modifier: "breakWord" as const })}
        >
          {column === "time" ? link : (erased(column, entry, href) ?? cell(column, entry, language))}
        </Td>
      ))}
    </Tr>
  );
};

/** The part of an entry that a column tells, as the log calls it. */
const PARTS: { readonly [column in Column]?: string } = { actor: "actor", target: "target", ip: "net" };

function erased(column: Column, entry: EntrySummary, href: (entry: string) => string): ReactNode | undefined {
  const by = entry.erased?.[PARTS[column] ?? ""];
  return by === undefined ? undefined : <ErasedMark by={by} href={href} />;
}

function cell(column: Exclude<Column, "time">, entry: EntrySummary, language: Language): ReactNode {
  switch (column) {
    case "actor":
      return <ActorCell entry={entry} />;
    case "operation":
      return (
        <div>
          <OperationLabel operation={entry.operation} />
        </div>
      );
    case "target":
      return <TargetCell entry={entry} />;
    case "kind":
      return language.t(`kind.${entry.kind}`);
    case "outcome":
      return <OutcomeMark outcome={entry.outcome} />;
    case "ip":
      return entry.ip;
    case "index":
      return (
        <div>
          <IndexLabel index={entry.index} />
        </div>
      );
  }
}

const ActorCell = ({ entry: { actor } }: { readonly entry: EntrySummary }) => {
  const language = useLanguage();
  const name = actorName(actor, language);
  const client = actor?.client;
  return (
    <>
      {name}
      {client && client !== name && <div className="keyledger-muted">{language.t("actor.via", { client })}</div>}
    </>
  );
};

const TargetCell = ({ entry: { target, resourceType } }: { readonly entry: EntrySummary }) => {
  const language = useLanguage();
  const name = targetName(target, resourceType, language);
  const type = language.tOr(`resourceType.${resourceType}`, resourceType);
  return (
    <>
      {name}
      {name !== type && <div className="keyledger-muted">{type}</div>}
    </>
  );
};
