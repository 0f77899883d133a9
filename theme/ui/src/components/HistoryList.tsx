import type { HistoryEntry } from "../api/types";
import type { Navigation } from "../hooks/useAuditLocation";
import { useLanguage } from "../i18n";
import { LIST, NO_FILTERS } from "../location";
import { AttributeDiff } from "./AttributeDiff";
import { ErasedMark } from "./ErasedMark";
import { actorName, OperationLabel, OutcomeMark } from "./labels";
import { asObject } from "./valueText";

interface HistoryListProps extends Pick<Navigation, "href"> {
  readonly entries: readonly HistoryEntry[];
}

/** Every change in order, newest first, each with what it changed. */
export const HistoryList = ({ entries, href }: HistoryListProps) => {
  const language = useLanguage();
  const { t, time, tOr } = language;
  const hrefOf = (entry: string) => href({ ...LIST, filters: NO_FILTERS, entry });
  return (
    <ol className="keyledger-history" data-testid="keyledger-history">
      {entries.map((entry) => (
        <li key={entry.id}>
          <div className="keyledger-history-head">
            <a href={hrefOf(entry.id)} className="keyledger-nowrap">
              {time(entry.time)}
            </a>
            <OperationLabel operation={entry.operation} />
            <span className="keyledger-muted">{tOr(`resourceType.${entry.resourceType}`, entry.resourceType)}</span>
            {entry.erased?.actor === undefined ? (
              <span className="keyledger-long">{t("history.by", { name: actorName(entry.actor, language) })}</span>
            ) : (
              <ErasedMark by={entry.erased.actor} href={hrefOf} />
            )}
            {entry.outcome === "failure" && <OutcomeMark outcome={entry.outcome} />}
          </div>
          {entry.erased?.change !== undefined && <ErasedMark by={entry.erased.change} href={hrefOf} />}
          <AttributeDiff
            label={t("change.title")}
            before={asObject(entry.change?.before ?? undefined)}
            after={asObject(entry.change?.after ?? undefined)}
          />
        </li>
      ))}
    </ol>
  );
};
